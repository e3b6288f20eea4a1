package dev.reeve.cli;

import dev.reeve.base.Problem;
import dev.reeve.cli.client.Backoff;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.Durations;
import dev.reeve.cli.client.Failure;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import dev.reeve.wire.reeve.v1.WatchJobsResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Follows jobs to their end. A stream that breaks is opened again after the last event seen, so
/// each event is shown once and none is missed; after too long without a server it gives up. Blocks
/// the calling thread.
final class Watcher {
  private static final Problem ENDED_EARLY =
      CliProblems.SERVER_UNREACHABLE.because("the server ended the stream before the job ended");
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Connection connection;
  private final CliContext context;
  private final EventPrinter printer;
  private final Duration giveUpAfter;
  private final Backoff backoff;
  private final SequencedMap<String, Long> lastSeen = new LinkedHashMap<>();
  private final Map<String, JobEvent> ends = new LinkedHashMap<>();
  private long silentSinceNanos;
  private boolean sawSomething;

  Watcher(Connection connection, CliContext context, EventPrinter printer, Duration giveUpAfter) {
    this.connection = connection;
    this.context = context;
    this.printer = printer;
    this.giveUpAfter = giveUpAfter;
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, context.random());
  }

  /// Shows the events of these jobs after the given sequence numbers and returns each job's
  /// terminal event. Returns early, with fewer, when the reader of the output is gone.
  Map<String, JobEvent> watch(Map<String, Long> after) {
    lastSeen.putAll(after);
    silentSinceNanos = System.nanoTime();
    while (!isDone()) {
      try {
        readStream();
        if (!isDone()) {
          retryOrGiveUp(Failure.of(ENDED_EARLY));
        }
      } catch (StatusRuntimeException e) {
        recover(e);
      }
    }
    printer.pause();
    return ends;
  }

  private boolean isDone() {
    return ends.size() == lastSeen.size() || printer.isBroken();
  }

  private void readStream() {
    try (Context.CancellableContext call = Context.current().withCancellation()) {
      Context previous = call.attach();
      try {
        Iterator<WatchJobsResponse> events = connection.jobStreams().watchJobs(request());
        while (!isDone() && events.hasNext()) {
          take(events.next().getEvent());
        }
      } finally {
        call.detach(previous);
      }
    }
  }

  private WatchJobsRequest request() {
    WatchJobsRequest.Builder request = WatchJobsRequest.newBuilder();
    lastSeen.forEach((job, seq) -> {
      if (!ends.containsKey(job)) {
        request.addJobs(JobCursor.newBuilder().setJobId(job).setAfterEventSeq(seq));
      }
    });
    return request.build();
  }

  private void take(JobEvent event) {
    sawSomething = true;
    silentSinceNanos = System.nanoTime();
    backoff.reset();
    // A finished job shows its last event again to whoever asks for what comes after it.
    boolean isNew = event.getEventSeq() > lastSeen.getOrDefault(event.getJobId(), 0L);
    boolean isUnseenEnd = event.getTerminal() && !ends.containsKey(event.getJobId());
    if (isNew || isUnseenEnd) {
      printer.show(event);
      lastSeen.put(event.getJobId(), event.getEventSeq());
    }
    if (event.getTerminal()) {
      ends.put(event.getJobId(), event);
    }
  }

  private void recover(StatusRuntimeException thrown) {
    Status.Code code = thrown.getStatus().getCode();
    Failure failure = connection.decode(thrown);
    if (code == Status.Code.OUT_OF_RANGE && skipWhatIsGone()) {
      return;
    }
    boolean mayPass = code == Status.Code.UNAVAILABLE || code == Status.Code.CANCELLED;
    if (!mayPass || !sawSomething) {
      printer.pause();
      throw failure.toException();
    }
    retryOrGiveUp(failure);
  }

  private void retryOrGiveUp(Failure failure) {
    if (Duration.ofNanos(System.nanoTime() - silentSinceNanos).compareTo(giveUpAfter) > 0) {
      printer.pause();
      Map.Entry<String, Long> first = lastSeen.firstEntry();
      throw failure
          .withHint("go on with: reeve watch --after " + first.getValue() + " " + first.getKey())
          .toException();
    }
    Duration wait = backoff.next();
    note("connection lost (" + failure.message() + "); resuming in " + Durations.print(wait));
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliProblems.INTERRUPTED.because("interrupted while waiting").toException();
    }
    connection.tryNow();
  }

  /// Retention took events that were not seen yet: goes on with the newest. False when that does
  /// not help.
  private boolean skipWhatIsGone() {
    boolean moved = false;
    for (Map.Entry<String, Long> cursor : lastSeen.entrySet()) {
      GetJobRequest request = GetJobRequest.newBuilder().setJobId(cursor.getKey()).build();
      Job job = connection.call(() -> connection.jobs().getJob(request)).getJob();
      long newest = job.getLastEventSeq() - 1;
      if (newest > cursor.getValue()) {
        note("older events are no longer kept; going on with the newest");
        cursor.setValue(newest);
        moved = true;
      }
    }
    return moved;
  }

  private void note(String text) {
    printer.pause();
    context.console().note("reeve: " + text);
  }
}
