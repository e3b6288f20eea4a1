package dev.reeve.quantum.qasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements one after the other: of a block that was read as a whole, or of a program while it is
/// read.
interface StatementSource {
  /// The next one, or null behind the last.
  @Nullable Statement next();

  /// All that come.
  List<Statement> rest();

  static StatementSource of(List<Statement> statements) {
    return new StatementSource() {
      private int taken;

      @Override
      public @Nullable Statement next() {
        return taken < statements.size() ? statements.get(taken++) : null;
      }

      @Override
      public List<Statement> rest() {
        return statements.subList(taken, statements.size());
      }
    };
  }
}
