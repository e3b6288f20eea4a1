package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns values into qubits, bits and angles of operations.
final class Operands {
  private static final int SHOWN_MAX = 40;

  private final CircuitDraft draft;
  private final Diagnostics diagnostics;

  Operands(CircuitDraft draft, Diagnostics diagnostics) {
    this.draft = draft;
    this.diagnostics = diagnostics;
  }

  /// The indexes that an argument names: a number or an element one, a register or a list several.
  List<Integer> indexes(Arguments.Given given, boolean quantum) {
    List<Integer> found = new ArrayList<>();
    collect(given.offset(), given.value(), quantum, true, found);
    return found;
  }

  private void collect(
      int offset, Value value, boolean quantum, boolean nested, List<Integer> into) {
    String what = quantum ? "qubit" : "bit";
    switch (value) {
      case Value.Whole whole -> {
        if (whole.value() < 0 || whole.value() > Integer.MAX_VALUE) {
          throw wrong(offset, what, value);
        }
        add(offset, (int) whole.value(), into);
      }
      case Value.Element element when element.quantum() == quantum -> {
        useRegister(quantum);
        add(offset, element.index(), into);
      }
      case Value.Register register when register.quantum() == quantum -> {
        useRegister(quantum);
        for (int i = 0; i < register.size(); i++) {
          add(offset, register.offset() + i, into);
        }
      }
      case Value.Items items when nested ->
          items.values().forEach(item -> collect(offset, item, quantum, false, into));
      case Value.Span span when nested && span.size() <= Integer.MAX_VALUE -> {
        draft.use(offset, (int) Math.max(0, span.size() - 1));
        for (long i = 0; i < span.size(); i++) {
          collect(offset, new Value.Whole(span.start() + i * span.step()), quantum, false, into);
        }
      }
      case Value.Outcome outcome when !quantum -> {
        for (int i = 0; i < outcome.bits().size(); i++) {
          add(offset, outcome.bits().get(i), into);
        }
      }
      default -> throw wrong(offset, what, value);
    }
  }

  private void add(int offset, int index, List<Integer> into) {
    draft.use(offset, index);
    draft.requireRoom(offset, into.size());
    into.add(index);
  }

  private void useRegister(boolean quantum) {
    if (quantum) {
      draft.useRegisters();
    }
  }

  private Diagnostics.Reported wrong(int offset, String what, Value value) {
    return diagnostics.invalid(
        offset,
        "%s: %s (expected: a %s of 0 or more, or an element of a register)"
            .formatted(what, value.kind(), what),
        "");
  }

  /// Checks that no index stands twice.
  Indexes distinct(int offset, String what, List<Integer> indexes) {
    Set<Integer> seen = new HashSet<>();
    for (int index : indexes) {
      if (!seen.add(index)) {
        throw diagnostics.invalid(offset, what + " " + index + " twice", "");
      }
    }
    return Indexes.of(indexes.stream().mapToInt(Integer::intValue).toArray());
  }

  /// An angle in radians, or the name of a parameter.
  AqoValue.Argument angle(Arguments.Given given, String name) {
    return switch (given.value()) {
      case Value.Whole whole -> new AqoValue.Whole(whole.value());
      case Value.Real real -> new AqoValue.Decimal(real.value());
      case Value.Parameter parameter -> new AqoValue.Words(parameter.name());
      case Value.Text text when isName(text.text()) -> {
        if (!draft.parameters().containsKey(text.text())) {
          throw diagnostics.invalid(
              given.offset(),
              name + ": no Param is named " + text.text(),
              "declare it: Param(\"" + text.text() + "\")");
        }
        yield new AqoValue.Words(text.text());
      }
      default ->
          throw diagnostics.invalid(
              given.offset(),
              name + ": " + given.value().kind() + " (expected: a number or a Param)",
              "");
    };
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.length() <= SHOWN_MAX;
  }

  /// A value as a document writes it; empty for what no document can hold.
  static Optional<AqoValue> literal(Value value) {
    return switch (value) {
      case Value.Whole whole -> Optional.of(new AqoValue.Whole(whole.value()));
      case Value.Real real -> Optional.of(new AqoValue.Decimal(real.value()));
      case Value.Element element -> Optional.of(new AqoValue.Whole(element.index()));
      case Value.Items items -> {
        List<AqoValue> values = new ArrayList<>();
        for (Value item : items.values()) {
          literal(item).ifPresent(values::add);
        }
        yield values.size() == items.values().size()
            ? Optional.of(new AqoValue.Elements(values))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }
}
