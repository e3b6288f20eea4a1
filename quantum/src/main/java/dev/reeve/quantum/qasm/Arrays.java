package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.qasm.Expression.Selector;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds arrays and parts of them in expressions.
final class Arrays {
  /// Most dimensions of an array.
  static final int DIMENSIONS_MAX = 7;

  private final Evaluator evaluator;
  private final Diagnostics diagnostics;

  Arrays(Evaluator evaluator, Diagnostics diagnostics) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  /// A part of an array, and the selectors behind the one that chose a single element: they choose
  /// bits of it.
  record Part(ArrayView view, List<Selector> rest) {}

  Part select(String name, ArrayView whole, List<Selector> selectors, Scope scope) {
    ArrayView view = whole;
    for (int i = 0; i < selectors.size(); i++) {
      if (view.shape().isEmpty()) {
        return new Part(view, selectors.subList(i, selectors.size()));
      }
      Selector selector = selectors.get(i);
      List<Selector> axes =
          selector instanceof Selector.Each each ? each.dimensions() : List.of(selector);
      view = selectAxes(name, view, axes, scope);
    }
    return new Part(view, List.of());
  }

  private ArrayView selectAxes(String name, ArrayView whole, List<Selector> axes, Scope scope) {
    ArrayView view = whole;
    int axis = 0;
    for (Selector selector : axes) {
      if (axis >= view.shape().size()) {
        throw diagnostics.invalid(
            selector.offset(),
            "\"%s\" is %s and has fewer dimensions".formatted(name, whole.shown()));
      }
      Indexes all = Indexes.range(0, view.shape().get(axis));
      Selection.Chosen chosen = evaluator.selection().choose(name, all, selector, scope);
      evaluator.budget().elements(view.elements().size(), selector.offset());
      view = view.select(axis, chosen.indexes().toArray(), chosen.single());
      axis += chosen.single() ? 0 : 1;
    }
    return view;
  }

  /// The array that an expression names, if it names one.
  @Nullable ArrayView find(Expression expression, Scope scope) {
    List<Selector> selectors = new ArrayList<>();
    Expression base = expression;
    while (base instanceof Expression.Indexed each) {
      selectors.addFirst(each.selector());
      base = each.base();
    }
    if (base instanceof Expression.Name name
        && scope.find(name.name()) instanceof Symbol.Array(ArrayView view)) {
      Part part = select(name.name(), view, selectors, scope);
      return part.rest().isEmpty() && !part.view().shape().isEmpty() ? part.view() : null;
    }
    return null;
  }

  /// The values of an expression that stands for an array of some shape.
  List<Value> values(Expression expression, ScalarType type, List<Integer> shape, Scope scope) {
    List<Value> values = new ArrayList<>();
    switch (expression) {
      case Expression.ArrayLiteral literal -> literal(literal, type, shape, scope, values);
      case Expression.Concatenation joined -> {
        int first = 0;
        for (Expression part : joined.parts()) {
          ArrayView view = view(part, scope);
          requireShape(part, view, shape.size(), shape.subList(1, Math.max(1, shape.size())), type);
          first += view.shape().getFirst();
          view.elements().forEach(element -> values.add(evaluator.names().read(element)));
        }
        if (first != shape.getFirst()) {
          throw diagnostics.invalid(
              joined.offset(), "%d elements (expected: %d)".formatted(first, shape.getFirst()));
        }
      }
      default -> {
        ArrayView view = view(expression, scope);
        if (!view.shape().equals(shape) || view.type().kind() != type.kind()) {
          throw diagnostics.invalid(
              expression.offset(),
              "found %s (expected: %s)".formatted(view.shown(), shown(type, shape)));
        }
        for (Symbol.Variable element : view.elements()) {
          Value value = evaluator.names().read(element);
          values.add(evaluator.conversions().implicit(value, type, expression.offset()));
        }
      }
    }
    return values;
  }

  private void requireShape(
      Expression part, ArrayView view, int dimensions, List<Integer> inner, ScalarType type) {
    boolean fits =
        view.shape().size() == dimensions
            && view.shape().subList(1, dimensions).equals(inner)
            && view.type().equals(type);
    if (!fits) {
      throw diagnostics.invalid(part.offset(), view.shown() + " does not fit here");
    }
  }

  private ArrayView view(Expression expression, Scope scope) {
    ArrayView view = find(expression, scope);
    if (view == null) {
      throw diagnostics.invalid(
          expression.offset(), "expected an array", "list its elements: {1, 2, 3}");
    }
    return view;
  }

  private void literal(
      Expression expression,
      ScalarType type,
      List<Integer> shape,
      Scope scope,
      List<Value> values) {
    if (shape.isEmpty()) {
      Value value = evaluator.evaluate(expression, scope);
      values.add(evaluator.conversions().implicit(value, type, expression));
      return;
    }
    if (!(expression instanceof Expression.ArrayLiteral list)) {
      values.addAll(values(expression, type, shape, scope));
      return;
    }
    if (list.elements().size() != shape.getFirst()) {
      throw diagnostics.invalid(
          list.offset(),
          "%d elements (expected: %d)".formatted(list.elements().size(), shape.getFirst()));
    }
    for (Expression element : list.elements()) {
      literal(element, type, shape.subList(1, shape.size()), scope, values);
    }
  }

  private static String shown(ScalarType type, List<Integer> shape) {
    return new ArrayView(type, shape, List.of(), true).shown();
  }

  /// `sizeof(array)` or `sizeof(array, dimension)`.
  Value size(Expression.Call call, Scope scope) {
    if (call.arguments().isEmpty() || call.arguments().size() > 2) {
      throw diagnostics.invalid(
          call.offset(),
          "\"sizeof\" takes an array and a dimension, found " + call.arguments().size());
    }
    ArrayView view = view(call.arguments().getFirst(), scope);
    long dimension = 0;
    if (call.arguments().size() == 2) {
      dimension = evaluator.constantInteger(call.arguments().get(1), scope, "the dimension");
    }
    if (dimension < 0 || dimension >= view.shape().size()) {
      throw diagnostics.invalid(
          call.offset(), "%s has no dimension %d".formatted(view.shown(), dimension));
    }
    return new IntegerValue(ScalarType.UINT, view.shape().get((int) dimension));
  }

  /// Variables for the elements of a new array.
  static List<Symbol.Variable> elements(ScalarType type, int count, Slots.Site site, int region) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new Symbol.Variable(
                new Slots.Site(Slots.Use.ELEMENT, site.depth(), site.offset(), i),
                type,
                Value.zero(type),
                region))
        .toList();
  }
}
