package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.job.Grant;
import java.util.Map;
import java.util.TreeMap;

/// What policy grants a job as variables of the environment in which a worker runs it, with the
/// names that workers of the contract read.
public final class GrantVariables {
  private GrantVariables() {}

  /// Empty when nothing is limited.
  public static Map<String, String> of(Grant grant) {
    if (grant.constraints().isEmpty()) {
      return Map.of();
    }
    Map<String, String> variables = new TreeMap<>();
    variables.put("CORDUM_POLICY_CONSTRAINTS", grant.constraints());
    number("CORDUM_MAX_ARTIFACT_BYTES", grant.resultBytesMax(), variables);
    number("CORDUM_MAX_CONCURRENT_JOBS", grant.runningMax(), variables);
    number("CORDUM_MAX_RETRIES", grant.attemptsMax() - 1L, variables);
    CanonicalObject constraints = CanonicalReader.object(Bytes.utf8(grant.constraints()));
    String redaction = constraints.textOr("redactionLevel", "");
    if (!redaction.isEmpty()) {
      variables.put("CORDUM_REDACTION_LEVEL", redaction);
    }
    return variables;
  }

  private static void number(String name, long value, Map<String, String> variables) {
    if (value > 0) {
      variables.put(name, String.valueOf(value));
    }
  }
}
