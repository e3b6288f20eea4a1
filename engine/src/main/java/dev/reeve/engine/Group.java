package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.engine.port.LogHead;
import dev.reeve.job.Admission;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobEvolution;
import dev.reeve.job.JobKey;
import dev.reeve.job.SharedParts;
import dev.reeve.ledger.Receipt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The uncommitted work of one drain: changed jobs, receipts, keys, documents, and whom to tell.
/// Seen by the writer alone until it is committed; thrown away when the commit fails, after the
/// indexes were told the reverse of each change.
final class Group {
  private record Told(Runnable success, Consumer<Problem> failure) {}

  private record Move(@Nullable Job before, Job after) {}

  final LogHead head;
  final long nowMicros;
  final List<Receipt> receipts = new ArrayList<>();
  final List<Long> receiptJobs = new ArrayList<>();
  final List<Commit.KeyRow> keys = new ArrayList<>();
  long nextJobNo;

  private final List<JobIndex> indexes;
  private final Map<Long, Change> changes = new LinkedHashMap<>();
  private final Map<JobKey, Change> inserted = new HashMap<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<Told> told = new ArrayList<>();
  private final List<Runnable> deliveries = new ArrayList<>();
  private final List<Runnable> undo = new ArrayList<>();

  /// By name, so that a commit speaks of none twice; hardly a group has any.
  private Map<String, DocumentChange> documents = Map.of();

  Group(LogHead head, long nowMicros, List<JobIndex> indexes) {
    this.head = head;
    this.nowMicros = nowMicros;
    this.indexes = indexes;
    nextJobNo = head.nextJobNo();
  }

  /// Every unfinished job as this group leaves it.
  ///
  /// @param committed the unfinished ones before it
  List<Job> unfinished(Collection<Job> committed) {
    List<Job> all = new ArrayList<>(committed.size());
    for (Job job : committed) {
      all.add(current(job));
    }
    inserted.values().forEach(change -> all.add(change.after));
    all.removeIf(Job::isFinished);
    return all;
  }

  /// The job as this group left it, or as it was committed.
  Job current(Job committed) {
    Change change = changes.get(committed.jobNo());
    return change == null ? committed : change.after;
  }

  @Nullable Change change(long jobNo) {
    return changes.get(jobNo);
  }

  Collection<Change> changes() {
    return changes.values();
  }

  /// @param parts makes the new head keep as little as possible of the request
  Job insert(SharedParts parts, Admission admission, Bytes payload, List<JobEvent> events) {
    Job created = parts.compact(Job.created(nextJobNo++, admission));
    Change change = Change.ofNew(created, admission, payload);
    changes.put(created.jobNo(), change);
    inserted.put(created.key(), change);
    change.events.addAll(events);
    change.after = JobEvolution.evolve(created, events);
    moved(null, change.after);
    return change.after;
  }

  /// A job that this group inserted under that name; null when there is none.
  @Nullable Job inserted(JobKey key) {
    Change change = inserted.get(key);
    return change == null ? null : change.after;
  }

  Job apply(Job job, List<JobEvent> events) {
    Change change = changes.computeIfAbsent(job.jobNo(), _ -> Change.ofExisting(job));
    Job before = change.after;
    change.events.addAll(events);
    change.after = JobEvolution.evolve(before, events);
    moved(before, change.after);
    return change.after;
  }

  /// Adds a receipt; the newest receipt of a job is the one its events refer to.
  void receipt(Receipt receipt, long jobNo) {
    Change change = changes.get(jobNo);
    if (change != null) {
      change.receipt = receipts.size();
    }
    receipts.add(receipt);
    receiptJobs.add(jobNo);
  }

  /// Changes a document, whatever was said of it in this group before.
  void document(DocumentChange document) {
    if (documents.isEmpty()) {
      documents = new LinkedHashMap<>();
    }
    documents.put(document.name(), document);
  }

  List<DocumentChange> documents() {
    return documents.isEmpty() ? List.of() : List.copyOf(documents.values());
  }

  /// @param success told after the commit
  /// @param failure told when it failed
  void tell(Runnable success, Consumer<Problem> failure) {
    told.add(new Told(success, failure));
  }

  <T> void tell(Answer<T> answer, T outcome) {
    tell(() -> answer.done(outcome), answer::refused);
  }

  /// Something that leaves the house after the commit, such as an assignment.
  void deliver(Runnable delivery) {
    deliveries.add(delivery);
  }

  /// Run when the commit failed, newest first.
  void onUndo(Runnable action) {
    undo.add(action);
  }

  /// Whether nothing needs to be stored.
  boolean isEmpty() {
    return changes.isEmpty() && receipts.isEmpty() && documents.isEmpty();
  }

  /// What is to be done after the commit, in order.
  List<Runnable> afterCommit() {
    List<Runnable> all = new ArrayList<>(told.size() + deliveries.size());
    for (Told one : told) {
      all.add(one.success());
    }
    all.addAll(deliveries);
    return all;
  }

  /// What is to be done after a failed commit.
  List<Runnable> afterFailure(Problem problem) {
    List<Runnable> all = new ArrayList<>(told.size());
    for (Told one : told) {
      all.add(() -> one.failure().accept(problem));
    }
    return all;
  }

  /// Puts the indexes back to what is committed.
  void takeBack() {
    for (int i = moves.size() - 1; i >= 0; i--) {
      Move move = moves.get(i);
      for (JobIndex index : indexes) {
        index.changed(/* before= */ move.after(), /* after= */ move.before());
      }
    }
    for (int i = undo.size() - 1; i >= 0; i--) {
      undo.get(i).run();
    }
  }

  private void moved(@Nullable Job before, Job after) {
    moves.add(new Move(before, after));
    for (JobIndex index : indexes) {
      index.changed(before, after);
    }
  }
}
