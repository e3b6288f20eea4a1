package dev.reeve.quantum.qasm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A source and its lines. Offsets count UTF-16 units; lines and columns count from 1, columns in
/// characters.
public final class SourceText {
  private static final int SHOWN_MAX = 200;

  private final String file;
  private final String text;

  /// Made at the first question about a place: most sources are never asked.
  private volatile @Nullable Lines lines;

  /// A source of this name.
  public SourceText(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /// Where lines start. Others may find it while it is made: it is theirs when it is whole.
  private static final class Lines {
    private final int[] starts;

    private Lines(String text) {
      int count = 1;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
        count++;
      }
      starts = new int[count];
      int line = 1;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
        starts[line++] = end + 1;
      }
    }
  }

  private int[] lineStarts() {
    Lines known = lines;
    if (known == null) {
      known = new Lines(text);
      lines = known;
    }
    return known.starts;
  }

  /// Its name.
  public String file() {
    return file;
  }

  /// All of it.
  public String text() {
    return text;
  }

  /// The line of a place, from 1.
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts(), offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /// The column of a place, from 1.
  public int column(int offset) {
    int start = lineStarts()[line(offset) - 1];
    return text.codePointCount(start, Math.min(offset, text.length())) + 1;
  }

  /// A line without its end, with tabs as blanks so that a caret below it stands right.
  public String lineText(int line) {
    int[] starts = lineStarts();
    int start = starts[line - 1];
    int end = line < starts.length ? starts[line] - 1 : text.length();
    if (end > start && text.charAt(end - 1) == '\r') {
      end--;
    }
    String whole = text.substring(start, Math.min(end, start + SHOWN_MAX)).replace('\t', ' ');
    StringBuilder safe = new StringBuilder(whole.length());
    whole.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(safe::appendCodePoint);
    return safe.toString();
  }
}
