package dev.reeve.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A server of this module in a process of its own, with the flags of this one but recordings. Its
/// main method says where it listens, by [#announce], and serves until the process is ended.
final class ChildServer implements AutoCloseable {
  private static final String PREFIX = "listening on ";

  private final Process process;
  private final String address;

  private ChildServer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /// Starts it and waits for its address.
  ///
  /// @param main has the main method
  static ChildServer start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> !flag.contains("StartFlightRecording"))
            .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith(PREFIX)) {
      process.destroyForcibly();
      throw new IOException("%s did not start: %s".formatted(main.getSimpleName(), line));
    }
    return new ChildServer(process, line.substring(PREFIX.length()));
  }

  /// Said by the child once it listens on a port of this machine.
  static void announce(int port) {
    System.out.println(PREFIX + "127.0.0.1:" + port);
  }

  /// Host and port.
  String address() {
    return address;
  }

  /// Processor time used so far, in seconds.
  double cpuSeconds() {
    return process.info().totalCpuDuration().map(used -> used.toNanos() / 1e9).orElse(0.0);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
