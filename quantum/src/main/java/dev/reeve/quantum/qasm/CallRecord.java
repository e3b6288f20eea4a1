package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Evaluator.Calls;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Remembers what the subroutines gave back that the statement at hand has called so far. What is
/// worked out a second time, because the statement is lowered once for each value it depends on,
/// must not call them again: a measurement happens once.
final class CallRecord {
  private final LoweringContext context;
  private @Nullable Made made;

  CallRecord(LoweringContext context) {
    this.context = context;
  }

  /// The calls of one statement.
  static final class Made {
    private final IdentityHashMap<Expression, Value> results = new IdentityHashMap<>(0);

    /// Operations that the calls wrote to the region of the statement.
    private int operations;
  }

  /// Calls that are remembered.
  Calls recording(Calls calls) {
    return (call, subroutine, scope) -> {
      Made mine = Objects.requireNonNullElseGet(made, Made::new);
      made = mine;
      int region = context.sink.region();
      int before = context.sink.size();
      int others = mine.operations;
      Value result = calls.call(call, subroutine, scope);
      if (context.sink.region() != region) {
        throw new IllegalStateException("a call left a region open");
      }
      mine.operations = others + context.sink.size() - before;
      mine.results.put(call, result);
      return result;
    };
  }

  /// Begins a statement, and returns the calls of the one around it, if it has made any.
  @Nullable Made begin() {
    Made before = made;
    made = null;
    return before;
  }

  /// Goes back to the statement around.
  void end(@Nullable Made around) {
    made = around;
  }

  /// How many operations the calls of the statement at hand have written to its region.
  int operations() {
    return made == null ? 0 : made.operations;
  }

  /// Works out something in which the calls made so far have what they gave back.
  <T> T repeated(Supplier<T> work) {
    IdentityHashMap<Expression, Value> around =
        context.evaluator.settleToo(made == null ? new IdentityHashMap<>(0) : made.results);
    try {
      return work.get();
    } finally {
      IdentityHashMap<Expression, Value> _ = context.evaluator.settled(around);
    }
  }
}
