package dev.reeve.gateway.eigen;

import dev.reeve.job.Placement;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/// The sizes of section 2.3 of the contract. Over one of them the submit is refused as too large,
/// naming each part.
final class SubmitLimits {
  static final int PROGRAM_BYTES_MAX = 262_144;
  static final int ENTRIES_MAX = 64;
  static final int KEY_BYTES_MAX = 128;
  static final int VALUE_BYTES_MAX = 4_096;
  static final int JOBSPEC_BYTES_MAX = 65_536;

  /// The metadata that may carry a whole job specification, or an observable or sweep of a thousand
  /// terms.
  private static final Set<String> LARGE_KEYS =
      Set.of("jobspec_yaml", "job_yaml", "job.spec.yaml", "observable", "parameters");

  private SubmitLimits() {}

  static void require(SubmitInput input, EigenProfile profile) {
    Violations violations = new Violations(EigenProblems.EIGEN_PUBLIC_PAYLOAD_LIMIT_EXCEEDED);
    int program = input.program().map(p -> p.source().size()).orElse(0);
    if (program > PROGRAM_BYTES_MAX) {
      violations.wrong("program", program, "at most " + PROGRAM_BYTES_MAX + " bytes");
    }
    requireMap(profile.metadataField(), input.metadata(), violations);
    requireMap("compiler_options", input.options(), violations);
    if (input.dependencies().size() > Placement.DEPENDENCIES_MAX) {
      violations.wrong(
          "dependencies",
          input.dependencies().size(),
          "at most " + Placement.DEPENDENCIES_MAX + " jobs");
    }
    violations.refuseIfAny();
  }

  private static void requireMap(String field, Map<String, String> entries, Violations violations) {
    if (entries.size() > ENTRIES_MAX) {
      violations.wrong(field, entries.size(), "at most " + ENTRIES_MAX + " entries");
    }
    entries.forEach((key, value) -> {
      if (bytes(key) > KEY_BYTES_MAX) {
        violations.wrong(field + " key", bytes(key), "at most " + KEY_BYTES_MAX + " bytes");
      } else {
        int most = LARGE_KEYS.contains(key) ? JOBSPEC_BYTES_MAX : VALUE_BYTES_MAX;
        if (bytes(value) > most) {
          violations.wrong(field + "." + key, bytes(value), "at most " + most + " bytes");
        }
      }
    });
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
