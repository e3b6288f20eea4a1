package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.testing.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Precision and recall of every detector on a corpus made from a seed: more than 2,000 positives
/// and 3,000 hard negatives. The reference page carries the figures.
class DetectionQualityTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "detectors.md");
  private static final long SEED = 20_260_101L;

  private static final class Score {
    int found;
    int missed;
    int wrong;
    final List<String> misses = new ArrayList<>();

    double precision() {
      return found + wrong == 0 ? 1 : (double) found / (found + wrong);
    }

    double recall() {
      return found + missed == 0 ? 1 : (double) found / (found + missed);
    }

    double f1() {
      return 2 * precision() * recall() / (precision() + recall());
    }

    void add(Score other) {
      found += other.found;
      missed += other.missed;
      wrong += other.wrong;
    }
  }

  private final ScanRules rules = ScanRules.builtIn();
  private final ContentScanner scanner = new ContentScanner(rules);
  private final Map<String, Score> scores = new TreeMap<>();

  @Test
  void detectors_find_what_they_should_and_little_else() {
    Random random = new Random(SEED);
    List<CorpusItem> positives = new ArrayList<>();
    positives.addAll(CorpusSecrets.make(random, 8));
    positives.addAll(CorpusPii.make(random, 60));
    positives.addAll(CorpusAttacks.make("injection"));
    positives.addAll(CorpusAttacks.make("prompt_injection"));
    List<CorpusItem> negatives = CorpusNegatives.make(random, 30);
    assertThat(positives).hasSizeGreaterThan(2000);
    assertThat(negatives).hasSizeGreaterThan(3000);

    Stream.concat(positives.stream(), negatives.stream()).forEach(this::judge);

    assertThat(faults()).isEmpty();
    assertThat(total("secret").precision()).isGreaterThanOrEqualTo(0.95);
    assertThat(total("secret").recall()).isGreaterThanOrEqualTo(0.95);
    assertThat(total("pii").f1()).isGreaterThanOrEqualTo(0.97);
    Golden.holdSection(PAGE, "detectors", page());
  }

  private void judge(CorpusItem item) {
    List<Finding> findings = scanner.scan(Bytes.utf8(item.text())).findings();
    for (CorpusItem.Planted planted : item.planted()) {
      Score score = score(planted.scanner(), planted.detector());
      if (findings.stream().anyMatch(f -> isOf(f, planted) && overlaps(f, item.text(), planted))) {
        score.found++;
      } else {
        score.missed++;
        score.misses.add("missed in: " + item.text());
      }
    }
    for (Finding finding : findings) {
      if (item.planted().stream().noneMatch(p -> overlaps(finding, item.text(), p))) {
        Score score = score(finding.scanner(), finding.detector());
        score.wrong++;
        score.misses.add("wrong in: " + item.text());
      }
    }
  }

  private static boolean isOf(Finding finding, CorpusItem.Planted planted) {
    return finding.scanner().equals(planted.scanner())
        && finding.detector().equals(planted.detector());
  }

  private static boolean overlaps(Finding finding, String text, CorpusItem.Planted planted) {
    int start = Bytes.utf8(text.substring(0, text.indexOf(planted.value()))).size();
    int end = start + Bytes.utf8(planted.value()).size();
    return finding.start() < end && start < finding.end();
  }

  private Score score(String scanner, String detector) {
    return scores.computeIfAbsent(scanner + "/" + detector, _ -> new Score());
  }

  private Score total(String scanner) {
    Score total = new Score();
    scores.forEach((name, score) -> {
      if (name.startsWith(scanner + "/")) {
        total.add(score);
      }
    });
    return total;
  }

  private List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (DetectorInfo info : rules.infos()) {
      Score score = score(info.scanner(), info.name());
      if (score.found == 0 || score.precision() < 0.9 || score.recall() < 0.9) {
        String seen = score.misses.stream().limit(3).reduce("", (a, b) -> a + "\n    " + b);
        faults.add(
            "%s/%s found %d missed %d wrong %d (expected: 0.9 of both)%s"
                .formatted(
                    info.scanner(), info.name(), score.found, score.missed, score.wrong, seen));
      }
    }
    return faults;
  }

  private String page() {
    StringBuilder page = new StringBuilder();
    for (String scanner : List.of("secret", "pii", "injection", "prompt_injection")) {
      Score total = total(scanner);
      page.append(
          "**%s**: precision %s, recall %s\n\n"
              .formatted(scanner, figure(total.precision()), figure(total.recall())));
      page.append("| detector | finds | severity | precision | recall | does not catch |\n");
      page.append("|---|---|---|---|---|---|\n");
      for (DetectorInfo info : rules.infos()) {
        if (info.scanner().equals(scanner)) {
          Score score = score(info.scanner(), info.name());
          page.append(
              "| `%s` | %s | %s | %s | %s | %s |\n"
                  .formatted(
                      info.name(),
                      info.title(),
                      info.severity().word(),
                      figure(score.precision()),
                      figure(score.recall()),
                      info.misses()));
        }
      }
      page.append('\n');
    }
    return page.toString();
  }

  private static String figure(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }
}
