package dev.reeve.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Texts without anything to find: what only looks like a secret or a number of a person, and
/// numbers with a wrong check digit.
final class CorpusNegatives {
  private CorpusNegatives() {}

  static List<CorpusItem> make(Random random, int perTemplate) {
    List<CorpusItem> items = new ArrayList<>();
    TokenTemplate templates = new TokenTemplate(random);
    List<String> lines = CorpusAttacks.lines("/corpus/negatives.txt");
    for (String line : lines) {
      for (int i = 0; i < perTemplate; i++) {
        String before = lines.get(random.nextInt(lines.size()));
        String text = i % 2 == 0 ? line : before + "\n" + line;
        items.add(CorpusItem.negative(templates.fill(text)));
      }
    }
    for (int i = 0; i < perTemplate * 10; i++) {
      for (Supplier<String> damaged : damaged(random, templates)) {
        items.add(CorpusItem.negative(damaged.get()));
      }
    }
    return items;
  }

  /// Right in everything but the check digit.
  private static List<Supplier<String>> damaged(Random random, TokenTemplate templates) {
    return List.of(
        () -> "pan " + offByOne("4" + templates.some(14, "dig")),
        () -> "pan " + offByOne("51" + templates.some(13, "dig")).replaceAll("(....)(?=.)", "$1 "),
        () -> "Aadhaar missing, batch " + offByOne("0" + templates.some(10, "dig")),
        () -> "DNI " + wrongDni(10_000_000 + random.nextInt(80_000_000)),
        () -> "iban DE00" + templates.some(18, "dig"),
        () -> "NI number " + random.nextInt(10) + "QQ" + templates.some(6, "dig") + "C",
        () -> "personnummer 99" + (13 + random.nextInt(80)) + "45-" + templates.some(4, "dig"),
        () -> "imei 35" + templates.some(13, "dig"));
  }

  private static String offByOne(String body) {
    return body + (CorpusPii.luhnDigit(body) + 3) % 10;
  }

  private static String wrongDni(int number) {
    return number + "" + "TRWAGMYFPDXBNJZSQVHLCKE".charAt((number + 5) % 23);
  }
}
