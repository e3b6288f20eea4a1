package dev.reeve.server;

import java.lang.management.ManagementFactory;

/// Memory that defaults and bounds are shares of.
///
/// @param machineBytes of the machine, or of the container it runs in
/// @param heapBytes that the heap of this process may grow to
record MachineMemory(long machineBytes, long heapBytes) {
  static MachineMemory here() {
    long heap = Runtime.getRuntime().maxMemory();
    boolean known =
        ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean;
    return new MachineMemory(
        known
            ? ((com.sun.management.OperatingSystemMXBean)
                    ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize()
            : heap,
        heap);
  }

  /// Amplitudes lie on the heap, and a heap that overflows ends the process: at most half of it.
  long simulatorBytesDefault() {
    return Math.min(machineBytes / 4, heapBytes / 2);
  }

  /// The most that may be configured.
  long simulatorBytesMax() {
    return heapBytes / 4 * 3;
  }
}
