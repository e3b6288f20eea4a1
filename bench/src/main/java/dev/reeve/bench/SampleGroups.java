package dev.reeve.bench;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.LogHead;
import dev.reeve.job.JobKey;
import dev.reeve.job.StateName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Commits as the writer makes them of echo jobs, with rows of the usual sizes. For one thread.
final class SampleGroups {
  private static final String LETTERS = "{\"abcdefghij\":0123456789,}";

  /// What events spend on naming their receipt: `"leaf":1234567,`.
  private static final int LEAF_REFERENCE = 15;

  private final Random random = new Random(1);
  private final Bytes admission = bytes(430);
  private final Bytes firstEvents = bytes(182);
  private final Bytes payload = bytes(120);
  private final Bytes segment = bytes(342);
  private final Bytes outcome = bytes(130);
  private final Bytes result = bytes(100);
  private final Bytes frontier = bytes(600);
  private final int size;
  private final Bytes journal;

  /// @param size jobs that each commit admits, and the next one ends
  SampleGroups(int size) {
    this.size = size;
    journal = bytes(2 * size * 330);
  }

  /// The commit that follows.
  Commit after(LogHead head) {
    long first = head.nextJobNo();
    List<Commit.JobRow> jobs = new ArrayList<>();
    List<Commit.SegmentRow> segments = new ArrayList<>();
    List<Commit.OutcomeRow> outcomes = new ArrayList<>();
    long now = head.nowMicros() + 1_000;
    for (long jobNo = first; jobNo < first + size; jobNo++) {
      String id = Ids.uuidV7(now, random.nextLong(), random.nextLong()).toString();
      jobs.add(
          new Commit.JobRow(jobNo, new JobKey("default", id), admission, firstEvents, payload));
      long ended = jobNo - size;
      if (ended > 0) {
        segments.add(new Commit.SegmentRow(ended, 3, segment));
        outcomes.add(new Commit.OutcomeRow(ended, StateName.COMPLETED, now, outcome, result));
      }
    }
    LogHead after =
        new LogHead(
            head.position() + 1,
            head.epoch(),
            now,
            first + size,
            head.leafCount() + 2L * size,
            frontier);
    return new Commit(
        head, after, journal, jobs, segments, outcomes, List.of(), List.of(), List.of());
  }

  /// The same rows with events that name no receipt.
  static Commit withoutLeafReferences(Commit commit) {
    return new Commit(
        commit.before(),
        commit.after(),
        commit.journal(),
        commit.jobs().stream()
            .map(row ->
                new Commit.JobRow(
                    row.jobNo(), row.key(), row.admission(), shorter(row.events()), row.payload()))
            .toList(),
        commit.segments().stream()
            .map(row -> new Commit.SegmentRow(row.jobNo(), row.firstSeq(), shorter(row.events())))
            .toList(),
        commit.outcomes(),
        commit.keys(),
        commit.blobs(),
        commit.tiles());
  }

  private static Bytes shorter(Bytes events) {
    return Bytes.wrap(Arrays.copyOf(events.unsafeArray(), events.size() - LEAF_REFERENCE));
  }

  private Bytes bytes(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      // Text of few letters, so that it compresses about as JSON does.
      content[i] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
    }
    return Bytes.wrap(content);
  }
}
