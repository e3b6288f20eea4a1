package dev.reeve.conformance.crash;

import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Holds a server that stands still to everything in the diary. Remembers what it has found, so
/// that later rounds look at old jobs only for change.
final class Inspection {
  /// What an inspection went through.
  ///
  /// @param jobs jobs that it looked at for the first time
  /// @param events their events
  record Found(int jobs, long events) {}

  private static final int WATCHED_AT_ONCE = 500;
  private static final long END_SECONDS_MAX = 60;

  private final Diary diary;

  /// Ended jobs as they were found, without what may still be pruned.
  private final Map<String, Job> ended = new HashMap<>();

  Inspection(Diary diary) {
    this.diary = diary;
  }

  /// Waits until all jobs have ended, and checks every promise. Throws [Violation] at the first one
  /// that was not kept.
  Found run(Calls calls) {
    diary.tree(diary.treeSize(), calls.treeHead().getSize());
    askAgain(calls);
    Map<String, Order> accepted = diary.accepted();
    Map<String, Job> fresh = freshOf(calls.all(), accepted);
    long events = 0;
    List<String> ids = List.copyOf(fresh.keySet());
    for (int from = 0; from < ids.size(); from += WATCHED_AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + WATCHED_AT_ONCE));
      Map<String, List<JobEvent>> streams = streams(calls, some);
      for (String id : some) {
        List<JobEvent> stream = streams.getOrDefault(id, List.of());
        checkStream(id, stream);
        events += stream.size();
      }
    }
    calls.all().forEach(job -> checkEnd(calls, job, accepted));
    diary.tree(diary.treeSize(), calls.treeHead().getSize());
    return new Found(ids.size(), events);
  }

  /// A key that was acknowledged gives the same job; one that was not gives one job from now on.
  private void askAgain(Calls calls) {
    for (Order order : diary.takeUnanswered()) {
      diary.accepted(calls.submit(order), order);
    }
    diary
        .accepted()
        .forEach((job, order) -> {
          if (!order.key().isEmpty() && !ended.containsKey(job)) {
            String again = calls.submit(order);
            Violation.unless(
                again.equals(job),
                "key %s gave job %s before the crash and %s after it",
                order.key(),
                job,
                again);
          }
        });
  }

  /// The jobs that were not inspected before, by id. None of those accepted may be missing.
  private Map<String, Job> freshOf(List<Job> all, Map<String, Order> accepted) {
    Map<String, Job> stored = new LinkedHashMap<>();
    for (Job job : all) {
      Violation.unless(
          stored.put(job.getJobId(), job) == null, "job %s is listed twice", job.getJobId());
    }
    for (String id : accepted.keySet()) {
      Violation.unless(stored.containsKey(id), "job %s was acknowledged and is lost", id);
    }
    stored.keySet().removeAll(ended.keySet());
    return stored;
  }

  private static Map<String, List<JobEvent>> streams(Calls calls, List<String> ids) {
    Map<String, List<JobEvent>> streams = new HashMap<>();
    List<JobCursor> cursors =
        ids.stream().map(id -> JobCursor.newBuilder().setJobId(id).build()).toList();
    try {
      calls.watch(
          cursors,
          END_SECONDS_MAX,
          event -> streams.computeIfAbsent(event.getJobId(), _ -> new ArrayList<>()).add(event));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
        throw new Violation("not ended within " + END_SECONDS_MAX + " s: " + open(calls, ids));
      }
      throw e;
    }
    return streams;
  }

  private static List<String> open(Calls calls, List<String> ids) {
    return ids.stream()
        .map(calls::job)
        .filter(job -> !job.hasFinishedAt())
        .limit(1)
        .map(job -> calls.explain(job.getJobId()))
        .toList();
  }

  private void checkStream(String id, List<JobEvent> stream) {
    Violation.unless(!stream.isEmpty(), "job %s has no events", id);
    Map<Long, JobEvent> bySeq = new TreeMap<>();
    long next = 1;
    for (JobEvent event : stream) {
      Violation.unless(
          event.getEventSeq() == next,
          "job %s: event %d (expected: %d, without gaps)",
          id,
          event.getEventSeq(),
          next);
      Violation.unless(
          event.getTerminal() == (next == stream.size()),
          "job %s: event %d of %d is %s (expected: one terminal event, the last)",
          id,
          next,
          stream.size(),
          event.getState());
      bySeq.put(next, event);
      next++;
    }
    diary
        .seenOf(id)
        .forEach((seq, event) ->
            Violation.unless(
                event.equals(bySeq.get(seq)),
                "job %s: event %d was shown as %s and is now %s",
                id,
                seq,
                event,
                bySeq.get(seq)));
  }

  private void checkEnd(Calls calls, Job job, Map<String, Order> accepted) {
    Job before = ended.get(job.getJobId());
    if (before != null) {
      Violation.unless(before.equals(job), "an ended job changed from %s to %s", before, job);
      return;
    }
    Violation.unless(job.hasFinishedAt(), "job %s has not ended: %s", job.getJobId(), job);
    ended.put(job.getJobId(), job);
    Order order = accepted.get(job.getJobId());
    if (order != null) {
      checkOutcome(calls, job, order);
    }
  }

  private void checkOutcome(Calls calls, Job job, Order order) {
    if (job.getState() == JobState.JOB_STATE_COMPLETED) {
      Violation.unless(
          order.isResult(calls.result(job.getJobId())),
          "job %s (%s) has not the result of its payload",
          job.getJobId(),
          order.kind());
    } else {
      Optional<JobState> parent = order.parent().map(id -> calls.job(id).getState());
      boolean orphaned = parent.isPresent() && parent.get() != JobState.JOB_STATE_COMPLETED;
      Violation.unless(
          orphaned
              || (job.getState() == JobState.JOB_STATE_CANCELLED
                  && diary.mayBeCancelled(job.getJobId())),
          "job %s (%s) ended %s %s, for no reason of ours",
          job.getJobId(),
          order.kind(),
          job.getState(),
          job.getError());
    }
  }
}
