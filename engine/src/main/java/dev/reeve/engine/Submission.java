package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.job.Admission;
import dev.reeve.job.Permit;
import dev.reeve.ledger.Receipt;
import java.util.List;
import java.util.Optional;

/// A prepared submit: decoded, checked, decided by policy, not yet admitted.
///
/// @param admission what is submitted; its creation time is stamped by the writer
/// @param idGiven whether the caller chose the job id, so that one of the store's jobs may have it;
///   a generated one is compared with the jobs in memory alone
/// @param permit policy's decision and the generation it was made under
/// @param idempotency how a repeat is recognised; empty when every submit is a new job
/// @param payload input bytes up to the row limit; empty when there are none or they are stored
///   already as a blob file
/// @param receipt what the ledger will say of it
/// @param backlogMax unfinished jobs that this tenant may have; 0 for the log's own bound alone
/// @param before what else the ledger says of its admission, in the same commit, in front
public record Submission(
    Admission admission,
    boolean idGiven,
    Permit permit,
    Optional<Idempotency> idempotency,
    Bytes payload,
    Receipt receipt,
    int backlogMax,
    List<Receipt> before) {
  public Submission {
    before = List.copyOf(before);
    long size = admission.spec().payload().sizeBytes();
    boolean stored = payload.isEmpty() && (size == 0 || size > BlobStore.INLINE_SIZE_MAX);
    Check.argument(
        stored || (payload.size() == size && size <= BlobStore.ROW_SIZE_MAX),
        "payload: %s bytes for %s (expected: all of them, or none when a blob)",
        payload.size(),
        size);
  }

  /// With nothing more to say.
  public Submission(
      Admission admission,
      boolean idGiven,
      Permit permit,
      Optional<Idempotency> idempotency,
      Bytes payload,
      Receipt receipt,
      int backlogMax) {
    this(admission, idGiven, permit, idempotency, payload, receipt, backlogMax, List.of());
  }
}
