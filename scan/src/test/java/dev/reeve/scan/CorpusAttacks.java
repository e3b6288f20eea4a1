package dev.reeve.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Injections of code and of prompts, in the places where they arrive.
final class CorpusAttacks {
  private static final List<String> AROUND =
      List.of(
          "%s",
          "Thanks for the report. %s",
          "{\"comment\": \"nice\"}\n%s\n",
          "The document says:\n\n> %s\n\nWhat do you think?",
          "q=%s");

  private CorpusAttacks() {}

  static List<CorpusItem> make(String scanner) {
    List<CorpusItem> items = new ArrayList<>();
    for (String line : lines("/corpus/" + scanner + ".txt")) {
      String detector = line.substring(0, line.indexOf(' '));
      String attack = line.substring(line.indexOf(' ') + 1);
      for (String around : AROUND) {
        items.add(CorpusItem.positive(scanner, detector, attack, around.replace("%s", attack)));
      }
    }
    return items;
  }

  static List<String> lines(String resource) {
    try (InputStream in = CorpusAttacks.class.getResourceAsStream(resource)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("# ") && !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
