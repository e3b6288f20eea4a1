package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.LogHead;
import dev.reeve.job.Admission;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.Content;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.job.OutcomeCodec;
import dev.reeve.job.Verdict;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.LeafEncoder;
import java.util.ArrayList;
import java.util.List;

/// Turns a group into the rows of its commit, and places its receipts in the tree. Confined to the
/// writer's thread.
final class GroupEncoder {
  /// A group ready to be stored.
  ///
  /// @param commit its rows
  /// @param grown the tree afterwards
  /// @param stored events of each change, in the order of [Group#changes()]
  record Encoded(Commit commit, ReceiptTree.Grown grown, List<Stored> stored) {}

  /// What is stored of one job.
  ///
  /// @param document its events
  /// @param sizeBytes of the stored form
  record Stored(EventDocument document, int sizeBytes) {}

  private final LeafEncoder encoder = new LeafEncoder();
  private final ReceiptTree tree;
  private final WriterPorts.Generation rules;
  private final int format;

  /// @param rules names the genome in force
  /// @param format of the log
  GroupEncoder(ReceiptTree tree, WriterPorts.Generation rules, int format) {
    this.tree = tree;
    this.rules = rules;
    this.format = format;
  }

  Encoded encode(Group group) {
    List<Leaf> leaves = new ArrayList<>(group.receipts.size());
    List<Bytes> hashes = new ArrayList<>(group.receipts.size());
    long position = group.head.position() + 1;
    String genome = rules.genome();
    for (int i = 0; i < group.receipts.size(); i++) {
      Leaf leaf =
          new Leaf(
              position,
              tree.size() + i,
              group.nowMicros,
              seqs(group, i),
              group.receipts.get(i).withGenome(genome));
      leaves.add(leaf);
      hashes.add(tree.hash(encoder, leaf));
    }
    ReceiptTree.Grown grown = tree.grow(hashes);
    Rows rows = new Rows(group, hashes);
    for (Change change : group.changes()) {
      rows.add(change);
    }
    LogHead after =
        new LogHead(
            position,
            group.head.epoch(),
            group.nowMicros,
            group.nextJobNo,
            grown.frontier().size(),
            grown.frontier().toBytes());
    Commit commit =
        new Commit(
            group.head,
            after,
            journal(rows.sequences, leaves),
            rows.jobs,
            rows.segments,
            rows.outcomes,
            group.keys,
            rows.blobs,
            grown.full(),
            rows.drops,
            group.documents());
    return new Encoded(commit, grown, rows.stored);
  }

  private Bytes journal(List<JournalDocument.Sequences> jobs, List<Leaf> leaves) {
    if (isWhole()) {
      return JournalDocument.writeWhole(jobs, leaves.stream().map(Leaf::toBytes).toList());
    }
    return format < JobLog.FORMAT_PACKED
        ? JournalDocument.writeShort(jobs, leaves)
        : JournalDocument.write(jobs, leaves);
  }

  private boolean isWhole() {
    return format < JobLog.FORMAT_SHORT;
  }

  private static List<Long> seqs(Group group, int receipt) {
    Change change = group.change(group.receiptJobs.get(receipt));
    if (change == null || change.receipt != receipt) {
      return List.of();
    }
    long first = change.firstSeq();
    long last = change.after.lastEventSeq();
    if (first == last) {
      return List.of(first);
    }
    List<Long> seqs = new ArrayList<>((int) (last - first + 1));
    for (long seq = first; seq <= last; seq++) {
      seqs.add(seq);
    }
    return seqs;
  }

  private final class Rows {
    private final Group group;
    private final List<Bytes> leafHashes;
    private final List<Commit.JobRow> jobs = new ArrayList<>();
    private final List<Commit.SegmentRow> segments = new ArrayList<>();
    private final List<Commit.OutcomeRow> outcomes = new ArrayList<>();
    private final List<Commit.BlobRow> blobs = new ArrayList<>();
    private final List<Commit.BlobDrop> drops = new ArrayList<>();
    private final List<JournalDocument.Sequences> sequences = new ArrayList<>();
    private final List<Stored> stored = new ArrayList<>();

    private Rows(Group group, List<Bytes> leafHashes) {
      this.group = group;
      this.leafHashes = leafHashes;
    }

    private void add(Change change) {
      Job job = change.after;
      boolean hasReceipt = change.receipt >= 0;
      EventDocument document =
          new EventDocument(
              change.firstSeq(),
              change.events,
              hasReceipt ? tree.size() + change.receipt : -1,
              hasReceipt ? leafHashes.get(change.receipt) : Bytes.EMPTY);
      Bytes events = isWhole() ? document.writeWhole() : document.write();
      stored.add(new Stored(document, events.size()));
      int visible = (int) (job.lastEventSeq() - change.firstSeq() + 1);
      sequences.add(new JournalDocument.Sequences(job.jobNo(), change.firstSeq(), visible));
      if (change.admission == null) {
        segments.add(new Commit.SegmentRow(job.jobNo(), change.firstSeq(), events));
      } else {
        Bytes inline = payload(job, change.admission, change.payload);
        jobs.add(
            new Commit.JobRow(
                job.jobNo(), job.key(), AdmissionCodec.write(change.admission), events, inline));
      }
      if (change.before == null || !change.before.isFinished()) {
        addOutcome(change, job);
      }
      change
          .dropped()
          .ifPresent(
              sha256 -> drops.add(new Commit.BlobDrop(job.jobNo(), job.key().tenant(), sha256)));
    }

    private void addOutcome(Change change, Job job) {
      switch (job.state()) {
        case JobState.Completed done -> end(job, keep(job, done.result(), change.result()));
        case JobState.Quarantined held -> {
          keepApart(job, held.held(), change.result());
          end(job, Bytes.EMPTY);
        }
        case JobState.Reviewing reviewing -> keepApart(job, reviewing.result(), change.result());
        case JobState.Denied _, JobState.Failed _, JobState.Cancelled _, JobState.TimedOut _ ->
            end(job, Bytes.EMPTY);
        case JobState.Pending _,
            JobState.AwaitingApproval _,
            JobState.Throttled _,
            JobState.Compiling _,
            JobState.Queued _,
            JobState.Executing _ -> {}
      }
    }

    /// A job that policy denied is stored without its payload.
    private Bytes payload(Job job, Admission admission, Bytes bytes) {
      return admission.verdict().decision() == Verdict.Decision.DENY
          ? Bytes.EMPTY
          : keep(job, admission.spec().payload(), bytes);
    }

    private void end(Job job, Bytes inlineResult) {
      outcomes.add(
          new Commit.OutcomeRow(
              job.jobNo(),
              job.state().name(),
              group.nowMicros,
              OutcomeCodec.write(job),
              inlineResult));
    }

    /// Small bytes go into the job's own row, larger ones become a blob row; those above the row
    /// limit were stored before and are only referred to.
    private Bytes keep(Job job, Content content, Bytes bytes) {
      if (content.sizeBytes() == 0 || content.sizeBytes() <= BlobStore.INLINE_SIZE_MAX) {
        return bytes;
      }
      blobs.add(blob(job, content, bytes));
      return Bytes.EMPTY;
    }

    /// A blob of its own however small it is, so that it can be deleted.
    private void keepApart(Job job, Content content, Bytes bytes) {
      if (content.sizeBytes() > 0) {
        blobs.add(blob(job, content, bytes));
      }
    }

    private Commit.BlobRow blob(Job job, Content content, Bytes bytes) {
      return new Commit.BlobRow(job.jobNo(), job.key().tenant(), content.sha256(), bytes);
    }
  }
}
