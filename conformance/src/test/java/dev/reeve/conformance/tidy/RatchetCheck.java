package dev.reeve.conformance.tidy;

import dev.reeve.conformance.tidy.Ratchet.Counts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Compares the counts of [Ratchet] with the committed table. With `fix`, lowers the table to what
/// is there and adds new modules.
final class RatchetCheck implements TidyCheck {
  static final String TABLE = "conformance/src/test/resources/tidy/ratchet.txt";

  private final boolean fix;

  RatchetCheck(boolean fix) {
    this.fix = fix;
  }

  @Override
  public List<Finding> check(Repository repository) {
    SourceFile table = repository.file(TABLE).orElseThrow();
    Map<String, Counts> limits = new TreeMap<>(Ratchet.parse(table.text()));
    Map<String, Counts> actual = Ratchet.count(repository);
    if (fix) {
      actual.forEach(limits::putIfAbsent);
    }
    List<Finding> findings = new ArrayList<>();
    actual.forEach((module, counts) -> {
      Counts limit = limits.getOrDefault(module, Counts.NONE);
      if (counts.exceeds(limit)) {
        findings.add(
            table.finding(1, "%s: %s (expected: at most %s)".formatted(module, counts, limit)));
      } else {
        limits.put(module, counts);
      }
    });
    if (fix) {
      limits.keySet().retainAll(actual.keySet());
      write(repository, limits);
    }
    return findings;
  }

  private static void write(Repository repository, Map<String, Counts> limits) {
    try {
      Files.writeString(repository.root().resolve(TABLE), Ratchet.print(limits));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
