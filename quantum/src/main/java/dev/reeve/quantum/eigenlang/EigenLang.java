package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.qasm.Diagnostics;
import dev.reeve.quantum.qasm.QasmDiagnostic;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads Eigen-Lang. Stateless; any thread.
public final class EigenLang {
  private EigenLang() {}

  /// Reads a program.
  ///
  /// @param source UTF-8
  /// @param fileName what errors call the source
  /// @throws dev.reeve.base.ProblemException `QUANTUM_CANCELLED` when the signal fires
  public static EigenResult compile(
      byte[] source, String fileName, EigenLangLimits limits, CancelSignal cancel) {
    Diagnostics diagnostics = diagnostics(source, fileName, limits);
    try {
      List<Statement> statements = read(diagnostics, limits);
      if (diagnostics.count() == 0) {
        EigenProgram program = new ProgramLowering(diagnostics, limits, cancel).lower(statements);
        if (diagnostics.count() == 0) {
          return new EigenResult.Compiled(program);
        }
      }
    } catch (Diagnostics.Reported _) {
      // What was found until then is the answer.
    }
    return new EigenResult.Rejected(diagnostics.found());
  }

  /// Reads a program that is text already, with the default bounds and no way to cancel.
  public static EigenResult compile(String source) {
    return compile(
        source.getBytes(StandardCharsets.UTF_8),
        "source",
        EigenLangLimits.DEFAULT,
        CancelSignal.NEVER);
  }

  /// Reads a program as far as its grammar goes: names need not be declared, nor values fit.
  ///
  /// @param source UTF-8
  /// @return what is wrong with it; empty when nothing is
  public static List<QasmDiagnostic> checkSyntax(
      byte[] source, String fileName, EigenLangLimits limits) {
    Diagnostics diagnostics = diagnostics(source, fileName, limits);
    try {
      List<Statement> _ = read(diagnostics, limits);
    } catch (Diagnostics.Reported _) {
      // What was found until then is the answer.
    }
    return diagnostics.found();
  }

  private static Diagnostics diagnostics(byte[] source, String fileName, EigenLangLimits limits) {
    return Diagnostics.of(source, fileName, limits.sourceBytesMax(), limits.errorsMax());
  }

  /// The statements; none when a word is wrong already.
  private static List<Statement> read(Diagnostics diagnostics, EigenLangLimits limits) {
    if (diagnostics.count() > 0) {
      return List.of();
    }
    List<Token> tokens = new Lexer(diagnostics, limits).tokens();
    if (diagnostics.count() > 0) {
      return List.of();
    }
    return new StatementParser(new Cursor(tokens, diagnostics, limits)).program();
  }
}
