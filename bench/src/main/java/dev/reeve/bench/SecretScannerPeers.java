package dev.reeve.bench;

import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/// Other scanners for secrets, where they are installed: megabytes per second of processor time on
/// one core, without the time they take to start.
final class SecretScannerPeers {
  private static final int ROUNDS = 3;
  private static final int PYTHON_BYTES = 200_000;
  private static final long SECONDS_MAX = 120;

  /// Starts a program that reads a file, and prints the processor time it took, in seconds.
  private static final String TIMED =
      """
      TIMEFORMAT='%U %S'
      time "$1" stdin --no-banner --log-level error --exit-code 0 --redact < "$2" > /dev/null
      """;

  /// Scans line by line in memory, as its own file scan does, and prints MB/s.
  private static final String LINES =
      """
      import sys, time
      from detect_secrets.core import scan
      from detect_secrets.settings import default_settings
      data = open(sys.argv[1], encoding='utf-8').read()
      lines = data.split('\\n')
      size = len(data.encode('utf-8'))
      with default_settings():
          for line in lines[:200]:
              list(scan.scan_line(line))
          started = time.process_time()
          rounds = 0
          while rounds == 0 or time.process_time() - started < 3:
              for line in lines:
                  list(scan.scan_line(line))
              rounds += 1
          print(size * rounds / (time.process_time() - started) / 1e6)
      """;

  private SecretScannerPeers() {}

  /// gitleaks in Go; the faster one.
  static OptionalDouble gitleaks(String content) throws IOException, InterruptedException {
    String program = System.getProperty("bench.gitleaks", "");
    if (program.isEmpty()) {
      return OptionalDouble.empty();
    }
    Path folder = TempDirs.create("bench-gitleaks");
    try {
      Path empty = Files.writeString(folder.resolve("empty"), "\n");
      Path full = Files.writeString(folder.resolve("content"), content);
      double[] starts = new double[ROUNDS];
      double[] scans = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        starts[i] = seconds(program, empty);
        scans[i] = seconds(program, full);
      }
      double scan = Arrays.stream(scans).min().orElseThrow();
      double start = Arrays.stream(starts).min().orElseThrow();
      return OptionalDouble.of(Files.size(full) / (scan - start) / 1e6);
    } finally {
      TempDirs.delete(folder);
    }
  }

  /// detect-secrets in Python, with all its plug-ins, on the first part of the content.
  static OptionalDouble detectSecrets(String content) throws IOException, InterruptedException {
    String python = System.getProperty("bench.detect-secrets", "");
    if (python.isEmpty()) {
      return OptionalDouble.empty();
    }
    Path folder = TempDirs.create("bench-detect-secrets");
    try {
      Path script = Files.writeString(folder.resolve("peer.py"), LINES);
      Path part =
          Files.writeString(
              folder.resolve("content"),
              content.substring(0, Math.min(PYTHON_BYTES, content.length())));
      return OptionalDouble.of(
          Double.parseDouble(said(List.of(python, script.toString(), part.toString()))));
    } finally {
      TempDirs.delete(folder);
    }
  }

  private static double seconds(String program, Path file)
      throws IOException, InterruptedException {
    String times = said(List.of("bash", "-c", TIMED, "bash", program, file.toString()));
    double sum = 0;
    for (String part : times.split(" ", -1)) {
      sum += Double.parseDouble(part);
    }
    return sum;
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
    builder.environment().put("GOMAXPROCS", "1");
    Process process = builder.start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command.getFirst() + " failed: " + said);
    }
    return said;
  }
}
