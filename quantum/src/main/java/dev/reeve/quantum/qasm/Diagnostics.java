package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.QasmDiagnostic.Kind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Collects errors. A reporting method returns the exception to throw: it unwinds to the end of the
/// statement, or out of the whole front end when a bound or the last allowed error is reached.
public final class Diagnostics {
  private final SourceText source;
  private final int errorsMax;
  private final List<QasmDiagnostic> found = new ArrayList<>();
  private final Set<Integer> places = new HashSet<>();

  Diagnostics(SourceText source, int errorsMax) {
    this.source = source;
    this.errorsMax = errorsMax;
  }

  /// For a source as it came: bounded, then read as UTF-8. What cannot be read is noted, and
  /// nothing can be found in it then.
  public static Diagnostics of(byte[] source, String fileName, int bytesMax, int errorsMax) {
    if (source.length > bytesMax) {
      Diagnostics tooLarge = new Diagnostics(new SourceText(fileName, ""), 1);
      Reported _ =
          tooLarge.limit(0, "a source of %d bytes (at most %d)".formatted(source.length, bytesMax));
      return tooLarge;
    }
    if (isAscii(source)) {
      String text = new String(source, StandardCharsets.ISO_8859_1);
      return new Diagnostics(new SourceText(fileName, text), errorsMax);
    }
    CharBuffer text = CharBuffer.allocate(source.length);
    CoderResult decoded =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(source), text, true);
    SourceText readable = new SourceText(fileName, text.flip().toString());
    Diagnostics diagnostics = new Diagnostics(readable, errorsMax);
    if (decoded.isError()) {
      Reported _ =
          diagnostics.invalid(
              readable.text().length(), "a byte that is not UTF-8", "save the file as UTF-8");
    }
    return diagnostics;
  }

  private static boolean isAscii(byte[] source) {
    int all = 0;
    for (byte each : source) {
      all |= each;
    }
    return all >= 0;
  }

  /// What the errors are about.
  public SourceText source() {
    return source;
  }

  /// Thrown when a statement was found wrong and said so; never leaves a front end.
  public static class Reported extends RuntimeException {
    private Reported() {
      super("reported", null, false, false);
    }
  }

  /// Thrown when there is no point in going on.
  public static final class Stopped extends Reported {
    private Stopped() {}
  }

  Reported invalid(int offset, String message) {
    return invalid(offset, message, "");
  }

  /// Reports a breach of the language.
  ///
  /// @param hint what to write instead; empty when there is nothing to say
  public Reported invalid(int offset, String message, String hint) {
    return add(Kind.INVALID, offset, message, hint);
  }

  /// Reports an error after which the caller can go on where it is.
  public void note(int offset, String message, String hint) {
    if (add(Kind.INVALID, offset, message, hint) instanceof Stopped stopped) {
      throw stopped;
    }
  }

  /// Reports what the language has and the front end does not.
  public Reported unsupported(int offset, String message, String hint) {
    return add(Kind.UNSUPPORTED, offset, message, hint);
  }

  /// Reports that a bound was passed; there is no going on.
  public Reported limit(int offset, String message) {
    add(Kind.LIMIT, offset, message, "");
    return new Stopped();
  }

  /// For a use of something whose own error was reported before.
  public Reported silently() {
    return new Reported();
  }

  /// One error for a place: a loop that goes over it again has nothing new to say.
  private Reported add(Kind kind, int offset, String message, String hint) {
    if (places.add(offset)) {
      int line = source.line(offset);
      found.add(
          new QasmDiagnostic(
              kind,
              source.file(),
              line,
              source.column(offset),
              message,
              hint,
              source.lineText(line)));
    }
    if (found.size() >= errorsMax) {
      return new Stopped();
    }
    return new Reported();
  }

  /// Takes back what was found after this many: it holds for a value that never comes.
  void forgetFrom(int count) {
    while (found.size() > count) {
      QasmDiagnostic last = found.removeLast();
      places.removeIf(
          offset -> source.line(offset) == last.line() && source.column(offset) == last.column());
    }
  }

  /// How many errors there are so far.
  public int count() {
    return found.size();
  }

  /// What was found, in the order of the source.
  public List<QasmDiagnostic> found() {
    return found.stream()
        .sorted(
            Comparator.comparingInt(QasmDiagnostic::line).thenComparingInt(QasmDiagnostic::column))
        .toList();
  }
}
