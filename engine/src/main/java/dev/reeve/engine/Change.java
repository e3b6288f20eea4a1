package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.job.Admission;
import dev.reeve.job.Content;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one group does to one job.
final class Change {
  final @Nullable Job before;
  final List<JobEvent> events = new ArrayList<>(4);
  final @Nullable Admission admission;
  final Bytes payload;
  Job after;
  private Bytes result = Bytes.EMPTY;
  private Bytes resultSha256 = Bytes.EMPTY;
  private @Nullable Bytes dropped;
  int receipt = -1;

  private Change(@Nullable Job before, Job after, @Nullable Admission admission, Bytes payload) {
    this.before = before;
    this.after = after;
    this.admission = admission;
    this.payload = payload;
  }

  static Change ofNew(Job created, Admission admission, Bytes payload) {
    return new Change(null, created, admission, payload);
  }

  static Change ofExisting(Job job) {
    return new Change(job, job, null, Bytes.EMPTY);
  }

  /// The job's result is now this, with its bytes unless they are stored already. Bytes of an
  /// earlier command stay only while the reference is the same: they must never be stored under
  /// another.
  void bringsResult(Content content, Bytes body) {
    boolean same = content.sha256().equals(resultSha256);
    if (!same || !body.isEmpty()) {
      result = body;
      resultSha256 = content.sha256();
    }
  }

  /// The job refers to these stored bytes no longer.
  void drops(Bytes sha256) {
    dropped = sha256;
  }

  /// Digest of what the job refers to no longer.
  Optional<Bytes> dropped() {
    return Optional.ofNullable(dropped);
  }

  /// Result bytes that came with this group; empty when there are none.
  Bytes result() {
    return result;
  }

  /// Sequence number of the first visible event of this group.
  long firstSeq() {
    return (before == null ? 0 : before.lastEventSeq()) + 1;
  }
}
