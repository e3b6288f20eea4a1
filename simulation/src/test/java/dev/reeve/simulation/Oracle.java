package dev.reeve.simulation;

import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Knows what was answered and looks at what is stored. Every promise that the engine makes is
/// checked here, and only from the outside.
final class Oracle {
  private final JobArchive archive;
  private final Happened happened;
  private final SimRules rules;
  private final Map<Long, Integer> lookedAt = new HashMap<>();
  private final Map<Long, Long> ratedAtMicros = new HashMap<>();
  private final ReceiptCheck receipts = new ReceiptCheck();
  private final Map<JobKey, Long> acknowledged = new HashMap<>();
  private final Map<IdempotencyScope, JobKey> firstJobByKey = new HashMap<>();
  private final Map<Long, Long> endedAtMicros = new HashMap<>();
  private final Set<DispatchId> assigned = new HashSet<>();
  private final Set<Long> open = new HashSet<>();
  private final Set<Long> unverified = new LinkedHashSet<>();
  private long position;
  private long removedBeforeMicros;

  Oracle(JobArchive archive, Happened happened, SimRules rules) {
    this.archive = archive;
    this.happened = happened;
    this.rules = rules;
  }

  /// The client was told that its job exists: it does, under that name and number. The name is free
  /// again only after retention removed the job that had it.
  void acknowledge(Job job) {
    Long known = acknowledged.put(job.key(), job.jobNo());
    Promise.holds(known == null || mayBeGone(known), "job %s: admitted twice", job.key());
    if (mayBeGone(job.jobNo())) {
      return;
    }
    Optional<StoredLife> life = life(job.jobNo());
    Promise.holds(
        life.isPresent() && life.get().job().key().equals(job.key()),
        "job %s: acknowledged and not stored",
        job.key());
  }

  /// The client was told which job its key stands for. Keys go with their job.
  void named(IdempotencyScope scope, JobKey key) {
    JobKey first = firstJobByKey.put(scope, key);
    Promise.holds(
        first == null || first.equals(key) || mayBeGone(first),
        "key %s: %s (expected: %s)",
        scope,
        key,
        first);
  }

  /// An executor got an attempt: the log says so, and nobody ever gets it again.
  void assigned(ExecutorSession.Assignment assignment, String worker) {
    DispatchId dispatch = assignment.dispatch();
    Promise.holds(assigned.add(dispatch), "attempt %s: handed out twice", dispatch);
    Promise.holds(
        assignment.payload().size() == assignment.admission().spec().payload().sizeBytes(),
        "attempt %s: without its payload",
        dispatch);
    Optional<StoredLife> life = life(dispatch.jobNo());
    Promise.holds(
        life.map(found -> found.wasDispatched(dispatch, worker))
            .orElseGet(() -> mayBeGone(dispatch.jobNo())),
        "attempt %s: handed out and not in the log",
        dispatch);
  }

  /// An executor was told that its report counts: the log shows one of its effects, before any
  /// other attempt.
  void reported(DispatchId dispatch, List<Class<? extends JobEvent>> effects) {
    Optional<StoredLife> life = life(dispatch.jobNo());
    Promise.holds(
        life.map(found -> found.hadEffect(dispatch, effects))
            .orElseGet(() -> mayBeGone(dispatch.jobNo())),
        "attempt %s: a report was accepted and none of %s is in the log",
        dispatch,
        effects);
  }

  /// Somebody was told that a job ended in a certain way.
  void ended(JobKey key, Class<? extends JobState> how) {
    Long jobNo = acknowledged.get(key);
    if (jobNo != null) {
      life(jobNo)
          .ifPresent(life ->
              Promise.holds(
                  how.isInstance(life.job().state()), "job %s: %s", key, life.job().state()));
    }
  }

  /// A watcher was shown an event: it is the one that the log holds.
  void seen(long jobNo, SequencedEvent event) {
    life(jobNo)
        .ifPresent(life ->
            Promise.holds(
                event.seq() <= life.visible().size()
                    && sameButHash(life.visible().get((int) event.seq() - 1), event),
                "job %s: a watcher saw %s (stored: %s)",
                jobNo,
                event,
                life.visible()));
  }

  /// What is stored only numbers its receipt.
  private static boolean sameButHash(SequencedEvent stored, SequencedEvent seen) {
    return stored.withHash(seen.leafHash()).equals(seen);
  }

  /// Jobs that ended before may be gone from now on.
  void mayRemove(long endedBeforeMicros) {
    removedBeforeMicros = Math.max(removedBeforeMicros, endedBeforeMicros);
  }

  /// Reads what was committed since the last call, and checks it; compares it with the memory of
  /// the owner, as soon as that knows what was committed.
  void look(Node owner) throws StoreException {
    for (JobArchive.JournalRow row : archive.journal(position, Integer.MAX_VALUE)) {
      Promise.holds(row.position() == position + 1, "journal: gap before %s", row.position());
      position = row.position();
      JournalDocument journal = JournalDocument.read(row.bytes());
      journal.jobs().forEach(changed -> unverified.add(changed.jobNo()));
      receipts.read(row, journal);
    }
    if (!owner.isSettled() || owner.writer.head().position() != position) {
      return;
    }
    receipts.compare(owner.writer.head());
    for (long jobNo : unverified) {
      Optional<StoredLife> life = life(jobNo);
      if (life.isPresent()) {
        check(life.get(), owner);
      }
    }
    unverified.clear();
    rules.lookedAt();
    LimitCheck.check(owner.writer.table().all().filter(job -> !job.isFinished()).toList());
  }

  private void check(StoredLife life, Node owner) throws StoreException {
    life.check();
    checkRate(life.job());
    rules.checkStarts(life, lookedAt.getOrDefault(life.job().jobNo(), 0));
    lookedAt.put(life.job().jobNo(), life.events().size());
    Family.check(archive, life);
    Job stored = life.job();
    Optional<Job> live = owner.writer.table().find(stored.key());
    if (stored.isFinished()
        && endedAtMicros.put(stored.jobNo(), stored.updatedAtMicros()) == null) {
      life.events().forEach(event -> happened.count(event.getClass().getSimpleName()));
      happened.count(life.end());
    }
    if (stored.isFinished()) {
      open.remove(stored.jobNo());
    } else {
      open.add(stored.jobNo());
      Promise.holds(live.isPresent(), "job %s: unfinished and not in memory", stored.jobNo());
    }
    live.filter(job -> job.jobNo() == stored.jobNo())
        .ifPresent(job ->
            Promise.holds(
                job.equals(stored), "job %s: %s (stored: %s)", stored.jobNo(), job, stored));
  }

  /// Of the tenant whose submits are counted no more jobs came in than its rate permits.
  private void checkRate(Job job) {
    if (!job.key().tenant().equals(Cast.RATED_TENANT)) {
      return;
    }
    long at = job.header().createdAtMicros();
    ratedAtMicros.put(job.jobNo(), at);
    long within =
        ratedAtMicros.entrySet().stream()
            .filter(one -> one.getKey() <= job.jobNo())
            .filter(one -> one.getValue() > at - Cast.RATE_WINDOW_MICROS)
            .count();
    Promise.holds(within <= Cast.RATE_MAX, "job %s: %s within the window", job.jobNo(), within);
  }

  /// No acknowledged job is gone, unless it ended long enough ago to be removed; and the receipt of
  /// its submit is there in any case.
  void checkNothingLost() throws StoreException {
    for (Map.Entry<JobKey, Long> entry : acknowledged.entrySet()) {
      Promise.holds(
          archive.find(entry.getValue()).isPresent() || mayBeGone(entry.getValue()),
          "job %s: acknowledged and lost",
          entry.getKey());
      Promise.holds(
          receipts.hasSubmitOf(entry.getKey()), "job %s: no receipt of its submit", entry.getKey());
    }
  }

  /// Jobs that are stored and have not ended.
  List<Job> unfinished() {
    Set<Long> candidates = new TreeSet<>(open);
    candidates.addAll(unverified);
    List<Job> unfinished = new ArrayList<>();
    for (long jobNo : candidates) {
      life(jobNo).map(StoredLife::job).filter(job -> !job.isFinished()).ifPresent(unfinished::add);
    }
    return unfinished;
  }

  private boolean mayBeGone(JobKey key) {
    return acknowledged.containsKey(key) && mayBeGone(acknowledged.get(key));
  }

  private boolean mayBeGone(long jobNo) {
    return endedAtMicros.getOrDefault(jobNo, Long.MAX_VALUE) < removedBeforeMicros;
  }

  private Optional<StoredLife> life(long jobNo) {
    try {
      return StoredLife.read(archive, jobNo);
    } catch (StoreException e) {
      throw new IllegalStateException("what is in memory is always readable", e);
    }
  }
}
