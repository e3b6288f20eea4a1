package dev.reeve.scan;

import dev.reeve.base.Bytes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/// Prints how fast content is scanned on one core with all built-in rules: clean text, code, JSON;
/// beside it the same expressions tried one after the other at every place. Arguments: rounds, and
/// a folder of Java sources. Run it on an idle machine; the best round counts.
final class ScanThroughput {
  private static final int SIZE = 1_000_000;
  private static final int NAIVE_SIZE = 100_000;

  private static final List<String> WORDS =
      List.of(
          "the quick brown fox jumps over a lazy dog while analysts review reports about markets"
              .split(" ", -1));

  private ScanThroughput() {}

  static void main(String[] arguments) throws IOException {
    PrintStream out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
    Path sources = Path.of(arguments.length > 1 ? arguments[1] : "src");
    Random random = new Random(1);
    measure(out, "text", text(random), rounds);
    measure(out, "json", json(random), rounds);
    measure(out, "code", code(sources), rounds);
  }

  private static void measure(PrintStream out, String name, Bytes content, int rounds) {
    ContentScanner scanner = new ContentScanner(ScanRules.builtIn());
    double best = 0;
    int findings = 0;
    for (int i = 0; i < rounds; i++) {
      long started = System.nanoTime();
      findings = scanner.scan(content).findings().size();
      best = Math.max(best, content.size() * 1e3 / (System.nanoTime() - started));
    }
    String part = content.utf8().substring(0, Math.min(NAIVE_SIZE, content.utf8().length()));
    out.printf(
        Locale.ROOT,
        "%-5s %8d bytes %7.0f MB/s, naive %5.2f MB/s, %d findings%n",
        name,
        content.size(),
        best,
        naive(part),
        findings);
  }

  /// Every expression over the whole text, one after the other.
  private static double naive(String text) {
    List<PatternRule> rules =
        Stream.of("secrets.yaml", "injection.yaml", "prompt_injection.yaml")
            .flatMap(file -> RuleFile.read(file).stream())
            .toList();
    double best = 0;
    for (int round = 0; round < 3; round++) {
      long started = System.nanoTime();
      for (PatternRule rule : rules) {
        var matcher = rule.pattern().matcher(text);
        while (matcher.find()) {
          // Only the time counts.
        }
      }
      best = Math.max(best, text.length() * 1e3 / (System.nanoTime() - started));
    }
    return best;
  }

  private static Bytes text(Random random) {
    StringBuilder text = new StringBuilder(SIZE);
    while (text.length() < SIZE) {
      text.append(WORDS.get(random.nextInt(WORDS.size())))
          .append(random.nextInt(12) == 0 ? ". " : " ");
    }
    return Bytes.utf8(text.toString());
  }

  private static Bytes json(Random random) {
    StringBuilder text = new StringBuilder(SIZE);
    while (text.length() < SIZE) {
      text.append(
          "{\"id\":%d,\"name\":\"%s %s\",\"score\":%f,\"at\":\"2026-%02d-%02dT10:20:30Z\",\"ok\":true}%n"
              .formatted(
                  random.nextInt(100_000),
                  WORDS.get(random.nextInt(WORDS.size())),
                  WORDS.get(random.nextInt(WORDS.size())),
                  random.nextDouble(),
                  1 + random.nextInt(12),
                  1 + random.nextInt(28)));
    }
    return Bytes.utf8(text.toString());
  }

  private static Bytes code(Path folder) throws IOException {
    StringBuilder text = new StringBuilder(SIZE);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        if (text.length() < SIZE) {
          text.append(Files.readString(file));
        }
      }
    }
    return Bytes.utf8(text.toString());
  }
}
