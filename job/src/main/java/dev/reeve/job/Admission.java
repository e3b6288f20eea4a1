package dev.reeve.job;

import dev.reeve.base.Bytes;
import java.util.List;

/// What is written once when a job comes into being: what was submitted and what policy said of it.
///
/// @param spec the submission
/// @param verdict the decision under which it was admitted, held or denied
/// @param salt 16 random bytes; receipts commit to payload and result as SHA-256(salt || bytes), so
///   deleting the salt makes the commitment unlinkable
/// @param grant the limits that came with the decision
/// @param counted keys of the rate windows in which it counts, from its creation on
public record Admission(
    JobSpec spec, Verdict verdict, Bytes salt, Grant grant, List<String> counted) {
  public Admission {
    counted = List.copyOf(counted);
    Storable.texts("counted", counted);
  }

  /// Admitted without limits, counted nowhere.
  public Admission(JobSpec spec, Verdict verdict, Bytes salt) {
    this(spec, verdict, salt, Grant.NONE, List.of());
  }

  /// The same, created at this time.
  public Admission createdAt(long micros) {
    return new Admission(spec.createdAt(micros), verdict, salt, grant, counted);
  }
}
