package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an expression means while a program is lowered.
sealed interface Value {
  /// What it is, for messages.
  String kind();

  /// An integer.
  record Whole(long value) implements Value {
    @Override
    public String kind() {
      return Long.toString(value);
    }
  }

  /// A finite number with a fraction.
  record Real(double value) implements Value {
    @Override
    public String kind() {
      return Double.toString(value);
    }
  }

  /// A text.
  record Text(String text) implements Value {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /// `True` or `False`.
  record Truth(boolean value) implements Value {
    @Override
    public String kind() {
      return value ? "True" : "False";
    }
  }

  /// `None`.
  record Nothing() implements Value {
    @Override
    public String kind() {
      return "None";
    }
  }

  /// A list or a tuple.
  record Items(List<Value> values, boolean tuple) implements Value {
    @Override
    public String kind() {
      return tuple ? "a tuple" : "a list";
    }
  }

  /// A dictionary, in the order of its text.
  record Entries(Map<String, Value> values) implements Value {
    @Override
    public String kind() {
      return "a dictionary";
    }
  }

  /// What `range` gives.
  record Span(long start, long stop, long step) implements Value {
    long size() {
      long distance = step > 0 ? stop - start : start - stop;
      return distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
    }

    @Override
    public String kind() {
      return "a range";
    }
  }

  /// A parameter of the circuit.
  record Parameter(String name) implements Value {
    @Override
    public String kind() {
      return "the Param " + name;
    }
  }

  /// Qubits or bits that were declared together.
  ///
  /// @param offset index of the first over all registers of its sort
  record Register(boolean quantum, int offset, int size) implements Value {
    @Override
    public String kind() {
      return quantum ? "a QubitRegister" : "a ClassicalRegister";
    }
  }

  /// One element of a register.
  record Element(boolean quantum, int index) implements Value {
    @Override
    public String kind() {
      return quantum ? "a qubit" : "a bit";
    }
  }

  /// What a measurement wrote.
  ///
  /// @param measurement which one wrote it, see [CircuitDraft#measured]
  record Outcome(Indexes bits, int measurement) implements Value {
    @Override
    public String kind() {
      return "the outcome of a measurement";
    }
  }

  /// Something to take the mean of.
  ///
  /// @param terms as the document annotates them
  /// @param sum what they mean
  record Observable(AqoValue.Members terms, PauliSum sum) implements Value {
    @Override
    public String kind() {
      return "an Observable";
    }
  }

  /// A mean.
  ///
  /// @param observable empty when the program only names it
  record Expectation(Optional<Observable> observable) implements Value {
    @Override
    public String kind() {
      return "an ExpectationValue";
    }
  }

  /// A function of the program.
  record Routine(Statement.Function function) implements Value {
    @Override
    public String kind() {
      return "the function " + function.name();
    }
  }

  /// A function of the library.
  record Builtin(String name) implements Value {
    @Override
    public String kind() {
      return name;
    }
  }

  /// The library itself.
  record Module() implements Value {
    @Override
    public String kind() {
      return "the module eigen_lang";
    }
  }

  /// What an expression with an error would have been; using it is no error of its own.
  record Failed() implements Value {
    @Override
    public String kind() {
      return "an error";
    }
  }

  /// Something that is known only when the program runs, or never.
  record Opaque(String kind) implements Value {}
}
