package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
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
    Diagnostics diagnostics = diagnostics(source, options);
    return diagnostics.count() > 0
        ? new QasmResult.Rejected(diagnostics.found(), true)
        : parse(diagnostics, options, cancel);
  }

  /// Reads a program that is text already, with the default options and no way to cancel.
  public static QasmResult parse(String source) {
    return parse(source.getBytes(StandardCharsets.UTF_8), QasmOptions.DEFAULT, CancelSignal.NEVER);
  }

  /// Reads a program as far as its grammar goes: names need not be declared, nor types fit.
  ///
  /// @param source UTF-8
  /// @return what is wrong with it; empty when nothing is
  public static List<QasmDiagnostic> checkSyntax(byte[] source, QasmOptions options) {
    Diagnostics diagnostics = diagnostics(source, options);
    if (diagnostics.count() == 0) {
      try {
        Program _ = read(diagnostics, options);
      } catch (Diagnostics.Reported _) {
        // What was found until then is the answer.
      }
    }
    return diagnostics.found();
  }

  /// Reads a program as far as its grammar goes and leaves its inputs open, to be bound later.
  ///
  /// @param source UTF-8
  /// @throws dev.reeve.base.ProblemException `QASM_...`
  public static QasmProgram prepare(byte[] source, QasmOptions options) {
    Diagnostics diagnostics = diagnostics(source, options);
    if (diagnostics.count() == 0) {
      try {
        Program program = read(diagnostics, options);
        if (diagnostics.count() == 0) {
          return new QasmProgram(program, diagnostics.source(), options);
        }
      } catch (Diagnostics.Reported _) {
        // What was found until then is the answer.
      }
    }
    throw new QasmResult.Rejected(diagnostics.found(), true).problem().toException();
  }

  private static Diagnostics diagnostics(byte[] source, QasmOptions options) {
    QasmLimits limits = options.limits();
    return Diagnostics.of(source, options.fileName(), limits.sourceBytesMax(), limits.errorsMax());
  }

  /// A program as written.
  ///
  /// @param physicalQubits how many qubits of a device it names, up to the highest
  /// @param physicalOffset where the highest is named
  record Program(
      List<Statement> statements, QasmVersion version, int physicalQubits, int physicalOffset) {}

  /// Each stage works only on what the one before found right: errors that follow from others would
  /// hide them.
  private static QasmResult parse(
      Diagnostics diagnostics, QasmOptions options, CancelSignal cancel) {
    try {
      Program program = read(diagnostics, options);
      if (diagnostics.count() > 0) {
        return new QasmResult.Rejected(diagnostics.found(), true);
      }
      return lowered(program, options, diagnostics, cancel);
    } catch (Diagnostics.Reported _) {
      return new QasmResult.Rejected(diagnostics.found(), true);
    }
  }

  /// What a program means that was read without mistake.
  static QasmResult lowered(
      Program program, QasmOptions options, Diagnostics diagnostics, CancelSignal cancel) {
    try {
      Circuit circuit = Lowering.lower(program, options, diagnostics, cancel);
      return diagnostics.count() > 0
          ? new QasmResult.Rejected(diagnostics.found(), false)
          : new QasmResult.Parsed(circuit, program.version());
    } catch (Diagnostics.Reported _) {
      return new QasmResult.Rejected(diagnostics.found(), true);
    }
  }

  /// The statements; none when a token is wrong already.
  private static Program read(Diagnostics diagnostics, QasmOptions options) {
    QasmLimits limits = options.limits();
    SourceText source = diagnostics.source();
    QasmVersion version = Header.version(source, options.version(), diagnostics);
    Tokens tokens = Lexer.lex(source, version, limits, diagnostics);
    if (diagnostics.count() > 0) {
      return new Program(List.of(), version, 0, 0);
    }
    TokenCursor cursor = new TokenCursor(tokens, version, limits, diagnostics);
    return new Program(
        new StatementParser(cursor).program(),
        version,
        tokens.physicalQubits(),
        tokens.physicalOffset());
  }
}
