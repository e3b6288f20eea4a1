package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.Computed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Reads what names stand for: whole, by element and by bit. Not thread-safe.
final class NameReading {
  private final Evaluator evaluator;
  private final Diagnostics diagnostics;
  private final BitKnowledge bits;

  NameReading(Evaluator evaluator, Diagnostics diagnostics, BitKnowledge bits) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
    this.bits = bits;
  }

  Value read(Expression.Name name, Scope scope) {
    return switch (symbol(name.name(), name.offset(), scope)) {
      case Symbol.Constant constant -> constant.value();
      case Symbol.Variable variable -> read(variable);
      case Symbol.Bits register -> {
        evaluator.budget().elements(register.addresses().size(), name.offset());
        yield readBits(register.addresses());
      }
      case Symbol.Qubits _ ->
          throw diagnostics.invalid(
              name.offset(),
              "qubits have no value: \"" + name.name() + "\"",
              "measure them into bits first");
      case Symbol.Array array ->
          throw diagnostics.invalid(
              name.offset(),
              "\"%s\" is %s and no single value".formatted(name.name(), array.view().shown()),
              "choose an element: " + name.name() + "[0]");
      case Symbol.Subroutine _, Symbol.External _ ->
          throw diagnostics.invalid(
              name.offset(), "\"" + name.name() + "\" is a function", "call it: name(...)");
      case Symbol.Broken _, Symbol.Hidden _ -> throw diagnostics.silently();
    };
  }

  Value read(Symbol.Variable variable) {
    Value value = variable.known();
    return value != null
        ? value
        : new Computed(variable.type(), new ClassicalExpression.Variable(variable.slot()));
  }

  Value readBits(Indexes addresses) {
    if (bits.isKnown(addresses)) {
      BigInteger value = BigInteger.ZERO;
      for (int i = 0; i < addresses.size(); i++) {
        if (bits.isOne(addresses.get(i))) {
          value = value.setBit(i);
        }
      }
      return new BitsValue(addresses.size(), value);
    }
    return addresses.size() > ClassicalExpression.WIDTH_MAX
        ? new Value.WideBits(addresses)
        : new Computed(ScalarType.bits(addresses.size()), new ClassicalExpression.Bits(addresses));
  }

  Value indexed(Expression.Indexed indexed, Scope scope) {
    List<Expression.Selector> selectors = new ArrayList<>();
    Expression base = indexed;
    while (base instanceof Expression.Indexed each) {
      selectors.addFirst(each.selector());
      base = each.base();
    }
    if (!(base instanceof Expression.Name name)) {
      return bits(evaluator.evaluate(base, scope), "the value", selectors, scope, indexed.offset());
    }
    return switch (symbol(name.name(), name.offset(), scope)) {
      case Symbol.Bits register -> {
        Selection.Chosen chosen =
            evaluator
                .selection()
                .choose(name.name(), register.addresses(), register.single(), selectors, scope);
        yield readBits(chosen.indexes());
      }
      case Symbol.Array array -> element(name, array.view(), selectors, scope);
      case Symbol.Constant constant ->
          bits(constant.value(), name.name(), selectors, scope, indexed.offset());
      case Symbol.Variable variable ->
          bits(read(variable), name.name(), selectors, scope, indexed.offset());
      case Symbol.Qubits _,
          Symbol.Subroutine _,
          Symbol.External _,
          Symbol.Broken _,
          Symbol.Hidden _ ->
          read(name, scope);
    };
  }

  private Value element(
      Expression.Name name, ArrayView whole, List<Expression.Selector> selectors, Scope scope) {
    Arrays.Part part = evaluator.arrays().select(name.name(), whole, selectors, scope);
    if (!part.view().shape().isEmpty()) {
      throw diagnostics.invalid(
          name.offset(), "expected one element, found " + part.view().shown());
    }
    Value value = read(part.view().elements().getFirst());
    return part.rest().isEmpty()
        ? value
        : bits(value, name.name(), part.rest(), scope, name.offset());
  }

  private Value bits(
      Value word, String name, List<Expression.Selector> selectors, Scope scope, int offset) {
    int width = evaluator.wordBits().width(word.type(), name, offset);
    Selection.Chosen chosen =
        evaluator.selection().choose(name, Indexes.range(0, width), false, selectors, scope);
    return evaluator.wordBits().read(word, chosen.indexes(), offset);
  }

  /// The symbol of a name, or the refusal that there is none.
  Symbol symbol(String name, int offset, Scope scope) {
    Symbol symbol = scope.find(name);
    if (symbol instanceof Symbol.Hidden) {
      throw diagnostics.invalid(
          offset,
          "a subroutine cannot use \"" + name + "\" from outside",
          "pass it as a parameter, or make it const");
    }
    if (symbol == null) {
      throw diagnostics.invalid(
          offset, "\"" + name + "\" is not declared", Names.hint(name, scope.names()));
    }
    return symbol;
  }
}
