package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
        : new QuickReading(diagnostics.source(), options)
            .read(cancel)
            .orElseGet(() -> parse(diagnostics, options, cancel));
  }

  /// Reads a number as a program writes it: `0.5`, `pi / 2`.
  ///
  /// @return empty when it is none
  public static OptionalDouble number(String text) {
    return Inputs.number(text);
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
      Optional<Head> _ = checked(diagnostics, options);
    }
    return diagnostics.found();
  }

  /// Reads a program as far as its grammar goes and leaves its inputs open, to be bound later.
  ///
  /// @param source UTF-8
  /// @throws dev.reeve.base.ProblemException `QASM_...`
  public static QasmProgram prepare(byte[] source, QasmOptions options) {
    Diagnostics diagnostics = diagnostics(source, options);
    Optional<Head> head =
        diagnostics.count() == 0 ? checked(diagnostics, options) : Optional.empty();
    if (head.isEmpty()) {
      throw new QasmResult.Rejected(diagnostics.found(), true).problem().toException();
    }
    List<Statement> statements = statements(head.get().version(), diagnostics, options).rest();
    return new QasmProgram(new Program(statements, head.get()), diagnostics.source(), options);
  }

  private static Diagnostics diagnostics(byte[] source, QasmOptions options) {
    QasmLimits limits = options.limits();
    return Diagnostics.of(source, options.fileName(), limits.sourceBytesMax(), limits.errorsMax());
  }

  /// A program as written.
  record Program(List<Statement> statements, Head head) {}

  /// What holds for a program as a whole.
  ///
  /// @param physicalQubits how many qubits of a device it names, up to the highest
  /// @param physicalOffset where the highest is named
  record Head(QasmVersion version, int physicalQubits, int physicalOffset) {}

  /// Each stage works only on what the one before found right: errors that follow from others would
  /// hide them. None keeps more of the program than the statement at hand.
  private static QasmResult parse(
      Diagnostics diagnostics, QasmOptions options, CancelSignal cancel) {
    Optional<Head> head = checked(diagnostics, options);
    if (head.isEmpty()) {
      return new QasmResult.Rejected(diagnostics.found(), true);
    }
    StatementParser statements = statements(head.get().version(), diagnostics, options);
    return lowered(statements, head.get(), options, diagnostics, cancel);
  }

  /// What a program means that was read without mistake.
  static QasmResult lowered(
      StatementSource statements,
      Head head,
      QasmOptions options,
      Diagnostics diagnostics,
      CancelSignal cancel) {
    try {
      Circuit circuit = Lowering.lower(statements, head, options, diagnostics, cancel);
      return diagnostics.count() > 0
          ? new QasmResult.Rejected(diagnostics.found(), false)
          : new QasmResult.Parsed(circuit, head.version());
    } catch (Diagnostics.Reported _) {
      return new QasmResult.Rejected(diagnostics.found(), true);
    }
  }

  /// Looks at tokens, then at the grammar; empty when something is wrong.
  private static Optional<Head> checked(Diagnostics diagnostics, QasmOptions options) {
    try {
      SourceText source = diagnostics.source();
      QasmVersion version = Header.version(source, options.version(), diagnostics);
      Tokens tokens = Lexer.lazily(source, version, options.limits(), diagnostics);
      tokens.skipAll();
      if (diagnostics.count() == 0) {
        statements(version, diagnostics, options).skipAll();
      }
      return diagnostics.count() == 0
          ? Optional.of(new Head(version, tokens.physicalQubits(), tokens.physicalOffset()))
          : Optional.empty();
    } catch (Diagnostics.Reported _) {
      return Optional.empty();
    }
  }

  /// The statements of a program, read as they are asked for.
  static StatementParser statements(
      QasmVersion version, Diagnostics diagnostics, QasmOptions options) {
    QasmLimits limits = options.limits();
    Tokens tokens = Lexer.lazily(diagnostics.source(), version, limits, diagnostics);
    return new StatementParser(new TokenCursor(tokens, version, limits, diagnostics));
  }
}
