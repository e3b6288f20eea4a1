package dev.reeve.bench;

import dev.reeve.base.Bytes;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.ScanRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How fast outputs are scanned on one core with all built-in rules: clean text, code, JSON. The
/// peer is detect-secrets with all its plug-ins on the same bytes, in memory, on one core; it looks
/// for secrets alone.
final class ScanScenario implements Scenario {
  private static final int SIZE = 4_000_000;
  private static final int PEER_SIZE = 200_000;
  private static final long MEASURED_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long PEER_SECONDS_MAX = 120;
  private static final List<String> WORDS =
      List.of(
          "the quick brown fox jumps over a lazy dog while analysts review reports about markets"
              .split(" ", -1));

  @Override
  public String name() {
    return "scan";
  }

  @Override
  public void run(Report report) throws IOException, InterruptedException {
    ContentScanner scanner = new ContentScanner(ScanRules.builtIn());
    Random random = new Random(1);
    measure(report, scanner, "text", text(random));
    measure(report, scanner, "json", json(random));
    measure(report, scanner, "code", code(Path.of(System.getProperty("reeve.root", "."))));
  }

  private static void measure(Report report, ContentScanner scanner, String kind, String content)
      throws IOException, InterruptedException {
    Bytes bytes = Bytes.utf8(content);
    bytesPerNano(scanner, bytes);
    double own = bytesPerNano(scanner, bytes) * 1_000;
    Figure figure = Figure.of("scan." + kind, own, "MB/s");
    OptionalDouble peer = peer(content.substring(0, Math.min(PEER_SIZE, content.length())));
    report.add(peer.isPresent() ? figure.withPeer(peer.getAsDouble()) : figure);
  }

  private static double bytesPerNano(ContentScanner scanner, Bytes content) {
    long started = System.nanoTime();
    long scanned = 0;
    while (System.nanoTime() - started < MEASURED_NANOS) {
      scanned += content.size() + scanner.scan(content).findings().size() * 0L;
    }
    return (double) scanned / (System.nanoTime() - started);
  }

  /// Empty when the peer is not installed.
  private static OptionalDouble peer(String content) throws IOException, InterruptedException {
    String python = System.getProperty("bench.python", "");
    if (python.isEmpty()) {
      return OptionalDouble.empty();
    }
    Path file = Files.createTempFile("scan", ".txt");
    Path script = Files.createTempFile("peer", ".py");
    try {
      Files.writeString(file, content);
      Files.writeString(script, PEER);
      Process peer =
          new ProcessBuilder(python, script.toString(), file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said =
          new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return peer.waitFor(PEER_SECONDS_MAX, TimeUnit.SECONDS) && peer.exitValue() == 0
          ? OptionalDouble.of(Double.parseDouble(said))
          : OptionalDouble.empty();
    } finally {
      Files.delete(file);
      Files.delete(script);
    }
  }

  /// Scans line by line in memory, as its own file scan does, and prints MB/s.
  private static final String PEER =
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
          started = time.perf_counter()
          rounds = 0
          while rounds == 0 or time.perf_counter() - started < 3:
              for line in lines:
                  list(scan.scan_line(line))
              rounds += 1
          print(size * rounds / (time.perf_counter() - started) / 1e6)
      """;

  private static String text(Random random) {
    StringBuilder text = new StringBuilder(SIZE + 100);
    int sinceBreak = 0;
    while (text.length() < SIZE) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
      text.append(random.nextInt(12) == 0 ? ". " : " ");
      if (++sinceBreak == 14) {
        text.append('\n');
        sinceBreak = 0;
      }
    }
    return text.toString();
  }

  private static String json(Random random) {
    StringBuilder text = new StringBuilder(SIZE + 200);
    while (text.length() < SIZE) {
      text.append(
          String.format(
              Locale.ROOT,
              "{\"id\":%d,\"name\":\"%s"
                  + " %s\",\"score\":%f,\"at\":\"2026-%02d-%02dT10:20:30Z\",\"ok\":true}\n",
              random.nextInt(100_000),
              WORDS.get(random.nextInt(WORDS.size())),
              WORDS.get(random.nextInt(WORDS.size())),
              random.nextDouble(),
              1 + random.nextInt(12),
              1 + random.nextInt(28)));
    }
    return text.toString();
  }

  /// The sources of this tree, those of the detectors aside: they hold what detectors look for.
  private static String code(Path root) throws IOException {
    StringBuilder text = new StringBuilder(SIZE);
    for (String module : List.of("engine", "job", "policy", "service", "gateway", "store")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          if (text.length() < SIZE) {
            text.append(Files.readString(file));
          }
        }
      }
    }
    return text.toString();
  }
}
