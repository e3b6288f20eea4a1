package dev.reeve.conformance.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.CifEgress;
import dev.reeve.governance.cif.CifIngress;
import dev.reeve.governance.cif.DataKey;
import dev.reeve.governance.cif.EgressResult;
import dev.reeve.governance.cif.IngressResult;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.ScanRules;
import dev.reeve.testing.Seeded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds at the boundary for every payload, shown on random ones.
@Seeded
final class BoundaryPropertiesTest {
  private static final int ROUNDS = 3_000;
  private static final int DEPTH_MAX = 4;
  private static final BoundaryPack PACK = BoundaryPack.builtIn();
  private static final CifIngress INGRESS = new CifIngress(PACK);
  private static final CifEgress EGRESS =
      new CifEgress(
          PACK, new ContentScanner(ScanRules.builtIn()), new DataKey(Bytes.wrap(new byte[32])));

  private static final List<String> PERSONAL =
      List.of(
          "ann.lee@contoso-mail.net",
          "bob+1@fabrikam-mail.org",
          "536-22-8714",
          "4539518190937865",
          "5412 8493 4072 2470",
          "3714-365370-56563");
  private static final List<String> ATTACKS =
      List.of("<iframe src=x>", "eval(1)", "exec(1)", "../secret", "..\\secret");
  private static final List<String> CLEANED =
      List.of(
          "<script>alert(1)</script>",
          "javascript:alert(1)",
          "<b onclick=\"go()\">",
          "<img onerror=go()>",
          "javajavascript:script:",
          "<scr<script>x</script>ipt>");
  private static final List<String> WORDS =
      List.of(
          "order", "1234567890123456", "naïve", "100% sure", "a < b", "東京", "&", "\\", "", "x.y");

  @Test
  void what_is_redacted_leaves_nothing_of_it_and_is_not_found_again(RandomGenerator random) {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> planted = new ArrayList<>();
      JsonValue payload = payload(random, PERSONAL, planted, 1);

      EgressResult result = EGRESS.check(payload);

      assertThat(result.allowed()).as(JsonText.write(payload)).isTrue();
      String left = JsonText.write(result.payload());
      assertThat(planted).as(left).noneMatch(left::contains);
      EgressResult again = EGRESS.check(result.payload());
      assertThat(again.payload()).isEqualTo(result.payload());
      assertThat(again.findings()).as(left).isEmpty();
    }
  }

  @Test
  void what_was_let_in_is_let_in_again_as_it_is(RandomGenerator random) {
    for (int round = 0; round < ROUNDS; round++) {
      JsonValue payload = payload(random, CLEANED, new ArrayList<>(), 1);

      IngressResult once = INGRESS.check(payload);

      if (once.allowed()) {
        IngressResult twice = INGRESS.check(once.payload());
        assertThat(twice.allowed()).as(JsonText.write(payload)).isTrue();
        assertThat(twice.payload()).as(JsonText.write(payload)).isEqualTo(once.payload());
        assertThat(JsonText.write(once.payload()).toLowerCase(java.util.Locale.ROOT))
            .doesNotContain("javascript:", "<script", "onerror=", "onclick=");
      }
    }
  }

  @Test
  void no_mixture_of_encodings_hides_what_is_suspicious(RandomGenerator random) {
    for (int round = 0; round < ROUNDS; round++) {
      String attack = ATTACKS.get(random.nextInt(ATTACKS.size()));
      String hidden = attack;
      for (int layer = random.nextInt(4); layer > 0; layer--) {
        hidden = encoded(hidden, random);
      }
      JsonValue payload = new JsonValue.Text("see " + hidden + " there");

      IngressResult result = INGRESS.check(payload);

      assertThat(result.quarantined()).as(attack + " as " + hidden).isTrue();
    }
  }

  /// Some characters by another name. A layer that wraps another one may encode its marks.
  private static String encoded(String text, RandomGenerator random) {
    StringBuilder out = new StringBuilder();
    int kind = random.nextInt(4);
    text.codePoints()
        .forEach(point -> {
          boolean plain = point <= ' ' || point >= 0x7f || random.nextInt(3) == 0;
          out.append(plain ? Character.toString(point) : encoded(point, kind));
        });
    return out.toString();
  }

  private static String encoded(int point, int kind) {
    return switch (kind) {
      case 0 -> "%%%02x".formatted(point);
      case 1 -> "&#" + point + ";";
      case 2 -> Character.toString(point - 0x20 + 0xff00);
      default -> Character.toString(point) + '\u200b';
    };
  }

  private static JsonValue payload(
      RandomGenerator random, List<String> plants, List<String> planted, int depth) {
    return switch (depth >= DEPTH_MAX ? 0 : random.nextInt(4)) {
      case 1 -> {
        List<JsonValue> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(payload(random, plants, planted, depth + 1));
        }
        yield new JsonValue.Items(items);
      }
      case 2 -> {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.put("m" + i, payload(random, plants, planted, depth + 1));
        }
        yield new JsonValue.Members(members);
      }
      case 3 -> new JsonValue.Truth(random.nextBoolean());
      default -> new JsonValue.Text(text(random, plants, planted));
    };
  }

  private static String text(RandomGenerator random, List<String> plants, List<String> planted) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      if (random.nextInt(3) == 0) {
        String plant = plants.get(random.nextInt(plants.size()));
        planted.add(plant);
        text.append(plant);
      } else {
        text.append(WORDS.get(random.nextInt(WORDS.size())));
      }
      text.append(", ");
    }
    return text.toString();
  }
}
