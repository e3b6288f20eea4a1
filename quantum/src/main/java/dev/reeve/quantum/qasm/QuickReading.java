package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import java.util.Optional;

/// Reads a program that has no mistake: each statement is lowered as soon as it is read, and its
/// tokens and its tree are gone before the next. So a program of millions of gates takes little
/// more memory than its text and its circuit. At the first mistake it gives up: what is to be said
/// of it takes the whole program, stage by stage.
final class QuickReading {
  private final SourceText source;
  private final QasmOptions options;
  private final Diagnostics diagnostics;

  /// @param source of a program that may be read twice, which is why its errors go nowhere
  QuickReading(SourceText source, QasmOptions options) {
    this.source = source;
    this.options = options;
    this.diagnostics = new Diagnostics(source, 1);
  }

  /// The circuit, unless something is wrong.
  ///
  /// @throws dev.reeve.base.ProblemException `QUANTUM_CANCELLED`
  Optional<QasmResult> read(CancelSignal cancel) {
    try {
      QasmVersion version = Header.version(source, options.version(), diagnostics);
      Tokens tokens = Lexer.lazily(source, version, options.limits(), diagnostics);
      StatementParser parser =
          new StatementParser(new TokenCursor(tokens, version, options.limits(), diagnostics));
      int physicalQubits = highestPhysicalQubit() + 1;
      OpenQasm.Head head = new OpenQasm.Head(version, physicalQubits, 0);
      Circuit circuit = Lowering.lower(parser, head, options, diagnostics, cancel);
      // What stands behind `end` is not run, but must be right.
      parser.skipAll();
      return diagnostics.count() == 0 && tokens.physicalQubits() == physicalQubits
          ? Optional.of(new QasmResult.Parsed(circuit, version))
          : Optional.empty();
    } catch (Diagnostics.Reported _) {
      return Optional.empty();
    }
  }

  /// The highest number behind a `$`. It may stand in a comment, which shows at the end.
  private int highestPhysicalQubit() {
    String text = source.text();
    long highest = -1;
    for (int at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
      long number = 0;
      int digit = at + 1;
      while (digit < text.length() && Lexer.isDigit(text.charAt(digit))) {
        number = Math.min(Integer.MAX_VALUE - 1, number * 10 + (text.charAt(digit) - '0'));
        digit++;
      }
      highest = Math.max(highest, digit == at + 1 ? -1 : number);
    }
    return (int) highest;
  }
}
