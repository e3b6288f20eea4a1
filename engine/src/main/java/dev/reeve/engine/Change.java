package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.job.Admission;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one group does to one job.
final class Change {
  final @Nullable Job before;
  final List<JobEvent> events = new ArrayList<>(4);
  final @Nullable Admission admission;
  final Bytes payload;
  Job after;
  Bytes result = Bytes.EMPTY;
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

  /// Sequence number of the first visible event of this group.
  long firstSeq() {
    return (before == null ? 0 : before.lastEventSeq()) + 1;
  }
}
