package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.GateSymbol.Library;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The gates a program can use at a point of its text.
final class Gates {
  private final QasmVersion version;
  private final Diagnostics diagnostics;
  private final Map<String, GateSymbol> known = new HashMap<>();
  private final Set<String> broken = new HashSet<>();

  Gates(QasmVersion version, Diagnostics diagnostics) {
    this.version = version;
    this.diagnostics = diagnostics;
    known.putAll(GateLibraries.builtIn(version));
  }

  void include(Statement.Include include) {
    Optional<Map<String, Library>> library = GateLibraries.included(include.file());
    boolean wrongVersion = version == QasmVersion.V2 && include.file().equals("stdgates.inc");
    if (library.isEmpty() || wrongVersion) {
      String own = version == QasmVersion.V2 ? "qelib1.inc" : "stdgates.inc";
      String message = "file \"" + include.file() + "\" cannot be included";
      String hint = "only the built-in \"" + own + "\" can: paste other gates into the program";
      throw wrongVersion
          ? diagnostics.invalid(include.offset(), message, hint)
          : diagnostics.unsupported(include.offset(), message, hint);
    }
    library.get().forEach(known::putIfAbsent);
  }

  GateSymbol find(String name, int offset) {
    if (broken.contains(name)) {
      throw diagnostics.silently();
    }
    GateSymbol symbol = known.get(name);
    if (symbol == null) {
      throw diagnostics.invalid(offset, "gate \"" + name + "\" is not defined", hint(name));
    }
    return symbol;
  }

  /// Remembers a gate whose definition was wrong and said so.
  void breakName(String name) {
    broken.add(name);
  }

  /// Whether a name stands for a gate of ours, and not of the program.
  boolean isLibrary(String name) {
    return known.get(name) instanceof Library;
  }

  boolean isKnown(String name) {
    return known.containsKey(name);
  }

  private String hint(String name) {
    String file = version == QasmVersion.V2 ? "qelib1.inc" : "stdgates.inc";
    boolean inFile = GateLibraries.included(file).orElseThrow().containsKey(name);
    if (inFile) {
      return "add: include \"" + file + "\";";
    }
    if (version == QasmVersion.V2 && !Names.laterHint(name).isEmpty()) {
      return Names.laterHint(name);
    }
    return Names.hint(name, known.keySet());
  }

  void define(GateSymbol symbol, int nameOffset) {
    GateSymbol before = known.get(symbol.name());
    boolean replaceable = before instanceof Library library && library.replaceable();
    if (before != null && !replaceable) {
      String where = before instanceof Library library ? " in " + library.source() : "";
      throw diagnostics.invalid(
          nameOffset,
          "gate \"" + symbol.name() + "\" is already defined" + where,
          "choose another name");
    }
    known.put(symbol.name(), symbol);
  }
}
