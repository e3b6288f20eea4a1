package dev.reeve.quantum.qasm;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Names that can be seen from a place: those of its block, then those of the blocks around it.
final class Scope {
  private static final Map<String, Symbol> CONSTANTS_OF_2 =
      Map.of("pi", new Symbol.Constant(Value.real(Math.PI)));
  private static final Map<String, Symbol> CONSTANTS_OF_3 =
      Map.of(
          "pi", new Symbol.Constant(Value.real(Math.PI)),
          "π", new Symbol.Constant(Value.real(Math.PI)),
          "tau", new Symbol.Constant(Value.real(2 * Math.PI)),
          "τ", new Symbol.Constant(Value.real(2 * Math.PI)),
          "euler", new Symbol.Constant(Value.real(Math.E)),
          "ℇ", new Symbol.Constant(Value.real(Math.E)));

  private final @Nullable Scope outer;
  private final Map<String, Symbol> symbols;

  /// Whether this is the scope of a subroutine, which does not see what may change around it.
  private final boolean closed;

  private Scope(@Nullable Scope outer, Map<String, Symbol> symbols, boolean closed) {
    this.outer = outer;
    this.symbols = symbols;
    this.closed = closed;
  }

  /// The outermost scope of a program, around which only the constants of the language lie.
  static Scope global(QasmVersion version) {
    Scope constants =
        new Scope(null, version == QasmVersion.V2 ? CONSTANTS_OF_2 : CONSTANTS_OF_3, false);
    return constants.inner();
  }

  Scope inner() {
    return new Scope(this, new HashMap<>(), false);
  }

  /// The scope of a subroutine that is defined here.
  Scope closed() {
    return new Scope(this, new HashMap<>(), true);
  }

  /// Whether a declaration here is seen by the whole program.
  boolean isGlobal() {
    return outer != null && outer.outer == null;
  }

  /// Declares a name, unless this block has it already.
  void declare(String name, Symbol symbol) {
    symbols.putIfAbsent(name, symbol);
  }

  /// Whether this block itself has the name.
  boolean declares(String name) {
    return symbols.containsKey(name);
  }

  @Nullable Symbol find(String name) {
    boolean inside = true;
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Symbol symbol = scope.symbols.get(name);
      if (symbol != null) {
        return inside || symbol.isFixed() || name.startsWith("$") ? symbol : new Symbol.Hidden();
      }
      inside &= !scope.closed;
    }
    return null;
  }

  /// Every name that can be seen, for suggestions.
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      names.addAll(scope.symbols.keySet());
    }
    return names;
  }
}
