package dev.reeve.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/// Measures work on one core by the processor time of the calling thread, which other processes of
/// a shared machine hardly move.
final class CoreTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CoreTime() {}

  /// Work that is done again and again.
  interface Work {
    /// Does it once.
    ///
    /// @param round counts from 0
    /// @return anything that depends on the result, so that the work cannot be left out
    int run(int round);
  }

  /// Nanoseconds of processor time that one round takes, the median of five stretches.
  static double nanosPerRound(Work work, double seconds) {
    double[] stretches = new double[5];
    for (int i = 0; i < stretches.length; i++) {
      stretches[i] = stretch(work, seconds / stretches.length);
    }
    Arrays.sort(stretches);
    return stretches[stretches.length / 2];
  }

  /// Nanoseconds of processor time that each of so many rounds takes, ascending. For work of many
  /// microseconds: reading the time is part of it.
  static long[] nanosOfEach(Work work, int rounds) {
    long[] nanos = new long[rounds];
    int kept = 0;
    for (int i = 0; i < rounds; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      kept ^= work.run(i);
      nanos[i] = THREADS.getCurrentThreadCpuTime() - before;
    }
    keep(kept);
    Arrays.sort(nanos);
    return nanos;
  }

  private static double stretch(Work work, double seconds) {
    long before = THREADS.getCurrentThreadCpuTime();
    long used = 0;
    int batch = 1;
    int rounds = 0;
    int kept = 0;
    while (used < seconds * 1e9) {
      for (int i = 0; i < batch; i++) {
        kept ^= work.run(rounds + i);
      }
      rounds += batch;
      used = THREADS.getCurrentThreadCpuTime() - before;
      batch = used < 1_000_000 ? batch * 2 : batch;
    }
    keep(kept);
    return (double) used / rounds;
  }

  private static void keep(int value) {
    if (value == Integer.MIN_VALUE) {
      throw new IllegalStateException("unlikely enough to cost nothing");
    }
  }
}
