package dev.reeve.service.circuit;

import dev.reeve.base.ProblemException;
import dev.reeve.job.Work;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.aqo.AqoLifting;
import java.util.Map;

/// Whether there is a job's program as an AQO document, which its result then names. What AQO
/// cannot say, or what had other values in each run of a sweep, is not there.
public final class CompiledAqo {
  private static final String FACT = "compiled_aqo";
  private static final String NONE = "none";

  private CompiledAqo() {}

  /// What a result says of it: nothing where there is a document.
  ///
  /// @param circuit that the job ran
  /// @param settled whether the program and the job's metadata alone say what ran
  public static Map<String, String> facts(Work work, Circuit circuit, boolean settled) {
    String format = work.attributes().getOrDefault("program_format", "");
    boolean isDocument = format.equals(AqoPrograms.FORMAT) || format.equals(EigenPrograms.FORMAT);
    return isDocument || (settled && isExpressible(circuit)) ? Map.of() : Map.of(FACT, NONE);
  }

  /// What [#facts] said in the metadata of a result.
  public static boolean isThere(Map<String, String> metadata) {
    return !metadata.getOrDefault(FACT, "").equals(NONE);
  }

  private static boolean isExpressible(Circuit circuit) {
    try {
      return AqoLifting.document(circuit).qubits() > 0;
    } catch (ProblemException _) {
      return false;
    }
  }
}
