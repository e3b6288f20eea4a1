package dev.reeve.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// How much of the processors others use while we measure: what makes a figure doubtful.
final class Machine {
  private static final double TICKS_PER_SECOND = 100;
  private static final double IDLE_CORES = 0.1;

  private final long startNanos = System.nanoTime();
  private final double busyAtStart = busySeconds();
  private final double oursAtStart = ourSeconds();

  /// Cores kept busy, on average since this object was made, by processes that are not ours.
  double coresOfOthers() {
    double seconds = (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    return Math.max(0, (busySeconds() - busyAtStart - (ourSeconds() - oursAtStart)) / seconds);
  }

  /// Returns when we have nothing to do any more, or after so long.
  static void awaitIdle(int secondsMax) throws InterruptedException {
    double used = Double.MAX_VALUE;
    for (int i = 0; i < secondsMax && used > IDLE_CORES; i++) {
      double before = ourSeconds();
      TimeUnit.SECONDS.sleep(1);
      used = ourSeconds() - before;
    }
  }

  /// Processor time that this process has used.
  static double cpuSeconds() {
    return seconds(ProcessHandle.current());
  }

  /// User, nice, system and interrupt time of all processors.
  private static double busySeconds() {
    String[] fields = firstLine(Path.of("/proc/stat")).split(" +", -1);
    double ticks = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /// This process and everything it started that still runs.
  private static double ourSeconds() {
    ProcessHandle self = ProcessHandle.current();
    return seconds(self) + self.descendants().mapToDouble(Machine::seconds).sum();
  }

  private static double seconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(used -> used.toNanos() / 1e9).orElse(0.0);
  }

  private static String firstLine(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
