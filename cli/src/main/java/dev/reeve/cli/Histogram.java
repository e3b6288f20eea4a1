package dev.reeve.cli;

import dev.reeve.cli.client.SafeText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Draws how often each bit string was measured: a bar a line, the count and the share beside it.
/// In the order of the bit strings when they fit, else the most frequent ones.
public final class Histogram {
  private static final int LINES_MAX = 16;
  private static final String PARTS = " ▏▎▍▌▋▊▉";
  private static final int BAR_MAX = 40;
  private static final int BAR_MIN = 8;

  private Histogram() {}

  /// @param counts bit string to how often it was measured, none negative
  /// @param columns width to draw in
  /// @param drawn block characters; else plain ASCII
  public static List<String> lines(Map<String, Long> counts, int columns, boolean drawn) {
    List<Map.Entry<String, Long>> shown = shown(counts);
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    long most = shown.stream().mapToLong(Map.Entry::getValue).reduce(1, Math::max);
    int labelWidth = shown.stream().mapToInt(entry -> entry.getKey().length()).reduce(1, Math::max);
    int countWidth = String.valueOf(most).length();
    int barWidth = Math.clamp(columns - labelWidth - countWidth - 13L, BAR_MIN, BAR_MAX);
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Long> entry : shown) {
      String bar = bar((double) entry.getValue() / most, barWidth, drawn);
      lines.add(
          "%s  %s  %s  %5s %%"
              .formatted(
                  padded(SafeText.line(entry.getKey()), labelWidth),
                  padded(bar, barWidth),
                  " ".repeat(countWidth - String.valueOf(entry.getValue()).length())
                      + entry.getValue(),
                  share(entry.getValue(), total)));
    }
    long rest = total - shown.stream().mapToLong(Map.Entry::getValue).sum();
    if (counts.size() > shown.size()) {
      lines.add(
          "and %d more outcomes, %s %%"
              .formatted(counts.size() - shown.size(), share(rest, total)));
    }
    return lines;
  }

  private static List<Map.Entry<String, Long>> shown(Map<String, Long> counts) {
    Comparator<Map.Entry<String, Long>> byName = Map.Entry.comparingByKey();
    Comparator<Map.Entry<String, Long>> byCount =
        Map.Entry.comparingByValue(Comparator.reverseOrder());
    return counts.entrySet().stream()
        .sorted(counts.size() <= LINES_MAX ? byName : byCount.thenComparing(byName))
        .limit(LINES_MAX)
        .toList();
  }

  private static String bar(double fraction, int width, boolean drawn) {
    if (!drawn) {
      return "#".repeat((int) Math.round(fraction * width));
    }
    int eighths = (int) Math.round(fraction * width * 8);
    String part = eighths % 8 == 0 ? "" : PARTS.substring(eighths % 8, eighths % 8 + 1);
    return "█".repeat(eighths / 8) + part;
  }

  private static String share(long part, long total) {
    long tenths = total == 0 ? 0 : Math.round(1000.0 * part / total);
    return tenths / 10 + "." + tenths % 10;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
