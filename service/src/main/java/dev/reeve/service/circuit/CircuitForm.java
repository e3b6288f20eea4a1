package dev.reeve.service.circuit;

import dev.reeve.service.ServiceProblems;
import java.util.Map;
import java.util.Optional;

/// The forms in which a compiled circuit is handed over.
public enum CircuitForm {
  /// OpenQASM 3 text.
  QASM3("qasm3"),
  /// An AQO document in canonical JSON.
  AQO_JSON("aqo_json"),
  /// An AQO document as a message; this module writes the JSON, the caller of it the message.
  AQO_PROTO("aqo_proto");

  private static final String OPTION = "format";

  private final String word;

  CircuitForm(String word) {
    this.word = word;
  }

  /// As options name it.
  public String word() {
    return word;
  }

  /// The form that the option `format` asks for, else the given one.
  ///
  /// @throws dev.reeve.base.ProblemException `COMPILE_OPTION_INVALID`
  public static CircuitForm of(Map<String, String> options, CircuitForm otherwise) {
    String asked = options.getOrDefault(OPTION, "");
    if (asked.isEmpty()) {
      return otherwise;
    }
    return of(asked)
        .orElseThrow(() ->
            ServiceProblems.COMPILE_OPTION_INVALID
                .field("options." + OPTION, asked, "qasm3, aqo_json or aqo_proto")
                .toException());
  }

  private static Optional<CircuitForm> of(String word) {
    for (CircuitForm form : values()) {
      if (form.word.equals(word)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }
}
