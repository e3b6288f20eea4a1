package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.service.circuit.QfsPrograms;
import java.util.Optional;

/// The program of a submit, as received.
///
/// @param format how its bytes are to be read
/// @param source the program, or the reference to one
/// @param entrypoint function to run; empty for the format's default
/// @param version of the language; empty when the program says it
/// @param sha256 of the source as the caller computed it; empty when not said
/// @param field where it stood in the request, for messages
record Program(
    Format format, Bytes source, String entrypoint, String version, String sha256, String field) {
  /// The formats that this contract names, with the words of the kernel gateway.
  enum Format {
    QASM("qasm_text"),
    EIGEN_LANG("eigen_lang_source"),
    AQO_REF("aqo_ref"),
    AQO_JSON("aqo_json"),
    AQO_PROTO("aqo_proto");

    private final String word;

    Format(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    /// What the payload of a job is called.
    String contentType() {
      return switch (this) {
        case QASM, AQO_REF -> "text/x-openqasm";
        case EIGEN_LANG -> "text/x-eigen-lang";
        case AQO_JSON, AQO_PROTO -> "application/json";
      };
    }
  }

  /// The program of a kernel gateway request, whose `program_format` may also say the version.
  ///
  /// @return empty for an unknown format
  static Optional<Program> ofKernel(String formatWord, Bytes source) {
    if (formatWord.equals("qasm3_text")) {
      return Optional.of(new Program(Format.QASM, source, "", "3", "", "program"));
    }
    for (Format format : Format.values()) {
      if (format.word().equals(formatWord)) {
        return Optional.of(new Program(format, source, "", "", "", "program"));
      }
    }
    return Optional.empty();
  }

  /// The program that a reference led to.
  ///
  /// @param reference the program as received
  static Program referred(QfsPrograms.Found found, Program reference) {
    Format format =
        switch (found.format()) {
          case "aqo_json" -> Format.AQO_JSON;
          case "eigen_lang_source" -> Format.EIGEN_LANG;
          default -> Format.QASM;
        };
    return new Program(
        format, found.content(), reference.entrypoint(), found.version(), "", reference.field());
  }

  /// Whether it names another job's program in place of one.
  boolean isReference() {
    return format == Format.AQO_REF;
  }

  /// Digest of the source.
  Bytes digest() {
    return Sha256.of(source);
  }
}
