package dev.reeve.bench;

import dev.reeve.base.Bytes;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.ScanRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// How fast outputs are scanned on one core with all built-in rules: clean text, code, JSON. The
/// limit is a checksum of the same bytes. The peers, gitleaks and detect-secrets with the rules
/// they ship, read the same bytes on one core and look for secrets alone.
final class OutputScenario implements Scenario {
  private static final int SIZE = 4_000_000;
  private static final double SECONDS = 3;
  private static final List<String> WORDS =
      List.of(
          "the quick brown fox jumps over a lazy dog while analysts review reports about markets"
              .split(" ", -1));

  @Override
  public String name() {
    return "output";
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
    double _ = megabytesPerSecond(bytes, _ -> scanner.scan(bytes).findings().size());
    Figure figure =
        Figure.of(
                "output." + kind,
                megabytesPerSecond(bytes, _ -> scanner.scan(bytes).findings().size()),
                "MB/s")
            .withLimit(megabytesPerSecond(bytes, _ -> content(bytes)));
    OptionalDouble peer = SecretScannerPeers.gitleaks(content);
    report.add(peer.isPresent() ? figure.withPeer(peer.getAsDouble()) : figure);
    SecretScannerPeers.detectSecrets(content)
        .ifPresent(
            rate -> report.add(Figure.of("output." + kind + ".peer.detect_secrets", rate, "MB/s")));
  }

  private static double megabytesPerSecond(Bytes content, CoreTime.Work work) {
    return content.size() * 1e3 / CoreTime.nanosPerRound(work, SECONDS);
  }

  /// One look at each byte.
  private static int content(Bytes content) {
    CRC32 sum = new CRC32();
    sum.update(content.unsafeArray());
    return (int) sum.getValue();
  }

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
