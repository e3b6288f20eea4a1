package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever bytes come, a scan ends with a result, chunks make no difference, and what is redacted
/// is gone.
class MutatedContentTest {
  private static final long SEED = 77;
  private static final int ROUNDS = 10_000;

  @Test
  void no_bytes_break_a_detector() {
    Random random = new Random(SEED);
    ContentScanner scanner = new ContentScanner(ScanRules.builtIn());
    List<CorpusItem> items = new ArrayList<>(CorpusSecrets.make(random, 2));
    items.addAll(CorpusPii.make(random, 10));
    items.addAll(CorpusAttacks.make("injection"));
    items.addAll(CorpusAttacks.make("prompt_injection"));
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = mutated(items.get(random.nextInt(items.size())).text(), random);
      String seed = "seed " + SEED + ", round " + round;

      ScanResult whole = scanner.scan(Bytes.wrap(bytes));
      ScanSession session = scanner.open();
      int cut = random.nextInt(bytes.length + 1);
      session.feed(Bytes.wrap(Arrays.copyOfRange(bytes, 0, cut)));
      session.feed(Bytes.wrap(Arrays.copyOfRange(bytes, cut, bytes.length)));

      assertThat(session.finish()).as(seed).isEqualTo(whole);
      assertThat(whole.spans())
          .as(seed)
          .allSatisfy(span -> assertThat(span.end()).isLessThanOrEqualTo(bytes.length));
      if (!whole.isClean()) {
        Bytes redacted = scanner.redact(Bytes.wrap(bytes), _ -> true);
        assertThat(scanner.scan(redacted).isClean()).as(seed).isTrue();
      }
    }
  }

  private static byte[] mutated(String text, Random random) {
    byte[] bytes = Bytes.utf8(text).toArray();
    int from = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : 0;
    int to = random.nextInt(2) == 0 ? bytes.length : from + random.nextInt(bytes.length - from + 1);
    byte[] part = Arrays.copyOfRange(bytes, from, to);
    for (int i = random.nextInt(4); i > 0 && part.length > 0; i--) {
      part[random.nextInt(part.length)] = (byte) random.nextInt(256);
    }
    return part;
  }
}
