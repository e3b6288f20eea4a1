package dev.reeve.scan;

import dev.reeve.base.Check;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A short run of bytes that makes a detector look. Immutable.
public final class Trigger {
  private static final int LENGTH_MAX = 512;

  private final List<BitSet> steps;
  private final String shown;

  private Trigger(List<BitSet> steps, String shown) {
    Check.argument(
        !steps.isEmpty() && steps.size() <= LENGTH_MAX,
        "trigger: %s bytes (expected: 1 to %s)",
        steps.size(),
        LENGTH_MAX);
    this.steps = List.copyOf(steps);
    this.shown = shown;
  }

  /// This text; ASCII letters in either case.
  public static Trigger literal(String text) {
    List<BitSet> steps = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      BitSet set = new BitSet(256);
      set.set(c);
      if (Ascii.isLetter(c)) {
        set.set(c ^ 0x20);
      }
      steps.add(set);
    }
    return new Trigger(steps, text);
  }

  /// This text in the case as written.
  public static Trigger exact(String text) {
    List<BitSet> steps = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      BitSet set = new BitSet(256);
      set.set(b & 0xff);
      steps.add(set);
    }
    return new Trigger(steps, text);
  }

  /// A shape: `d` is a digit, `U` an upper-case letter, `h` a hex digit, `^` a byte that is not
  /// part of a word (or the start of the content); anything else stands for itself.
  public static Trigger shape(String shape) {
    List<BitSet> steps = new ArrayList<>();
    for (int i = 0; i < shape.length(); i++) {
      steps.add(classOf(shape.charAt(i)));
    }
    return new Trigger(steps, shape);
  }

  private static BitSet classOf(char symbol) {
    BitSet set = new BitSet(256);
    for (int c = 0; c < 256; c++) {
      boolean in =
          switch (symbol) {
            case 'd' -> Ascii.isDigit(c);
            case 'U' -> Ascii.isUpper(c);
            case 'h' -> Ascii.isHex(c);
            case '^' -> !Ascii.isWord(c);
            default -> c == symbol;
          };
      set.set(c, in);
    }
    return set;
  }

  int length() {
    return steps.size();
  }

  BitSet step(int index) {
    return steps.get(index);
  }

  @Override
  public String toString() {
    return shown;
  }
}
