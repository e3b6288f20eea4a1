package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads OpenQASM 2.0 and the core of OpenQASM 3. Stateless; any thread.
public final class OpenQasm {
  private OpenQasm() {}

  /// Reads a program.
  ///
  /// @param source UTF-8
  /// @throws dev.reeve.base.ProblemException `QUANTUM_CANCELLED` when the signal fires
  public static QasmResult parse(byte[] source, QasmOptions options, CancelSignal cancel) {
    int bytesMax = options.limits().sourceBytesMax();
    if (source.length > bytesMax) {
      Diagnostics diagnostics = new Diagnostics(new SourceText(options.fileName(), ""), 1);
      diagnostics.limit(0, "a source of %d bytes (at most %d)".formatted(source.length, bytesMax));
      return new QasmResult.Rejected(diagnostics.found(), true);
    }
    CharBuffer text = CharBuffer.allocate(source.length);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CoderResult decoded = decoder.decode(ByteBuffer.wrap(source), text, true);
    SourceText decodedText = new SourceText(options.fileName(), text.flip().toString());
    if (decoded.isError()) {
      Diagnostics diagnostics = new Diagnostics(decodedText, 1);
      diagnostics.invalid(
          decodedText.text().length(), "a byte that is not UTF-8", "save the file as UTF-8");
      return new QasmResult.Rejected(diagnostics.found(), true);
    }
    return parse(decodedText, options, cancel);
  }

  /// Reads a program that is text already, with the default options and no way to cancel.
  public static QasmResult parse(String source) {
    return parse(source.getBytes(StandardCharsets.UTF_8), QasmOptions.DEFAULT, CancelSignal.NEVER);
  }

  /// Each stage works only on what the one before found right: errors that follow from others would
  /// hide them.
  private static QasmResult parse(SourceText source, QasmOptions options, CancelSignal cancel) {
    QasmLimits limits = options.limits();
    Diagnostics diagnostics = new Diagnostics(source, limits.errorsMax());
    try {
      QasmVersion version = Header.version(source, options.version(), diagnostics);
      Tokens tokens = Lexer.lex(source, version, limits, diagnostics);
      if (diagnostics.count() > 0) {
        return new QasmResult.Rejected(diagnostics.found(), true);
      }
      TokenCursor cursor = new TokenCursor(tokens, version, limits, diagnostics);
      List<Statement> program = new StatementParser(cursor).program();
      if (diagnostics.count() > 0) {
        return new QasmResult.Rejected(diagnostics.found(), true);
      }
      Circuit circuit = Lowering.lower(program, version, limits, diagnostics, cancel);
      return diagnostics.count() > 0
          ? new QasmResult.Rejected(diagnostics.found(), false)
          : new QasmResult.Parsed(circuit, version);
    } catch (Diagnostics.Reported _) {
      return new QasmResult.Rejected(diagnostics.found(), true);
    }
  }
}
