package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.job.DispatchId;
import dev.reeve.service.Futures;
import dev.reeve.service.WorkerDesk;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.Delivery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/// What every group of workers needs.
///
/// @param holders the group of each attempt that one has
/// @param told assignments of jobs whose usage was told
/// @param wake the writer looks again for who takes jobs
/// @param silentNanosMax after which a worker is gone
record GroupTools(
    Bus bus,
    WorkerDesk desk,
    Runnable wake,
    BeamlineWorkerSettings settings,
    AssignmentIds ids,
    JobAssignments assignments,
    DurableSender sender,
    ConcurrentHashMap<DispatchId, WorkerGroup> holders,
    RecentIds told,
    ExecMetrics metrics,
    MonotonicClock monotonic,
    InstantSource clock,
    long silentNanosMax) {
  /// Prefix of the executors' ids.
  static final String WORKER_PREFIX = "beamline:";

  /// How long a result is awaited beyond the deadline, for the way there and back.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  long nanos() {
    return monotonic.nanos();
  }

  long endOf(long deadlineMs) {
    return nanos() + Duration.ofMillis(deadlineMs).plus(GRACE).toNanos();
  }

  String workerId(String subject) {
    return WORKER_PREFIX + subject;
  }

  /// Tells who listens that an assignment is over.
  void tellCancelled(HandedJob handed, String reason) {
    metrics.assignmentsCancelled.increment();
    ExecJson message =
        new ExecJson()
            .put("version", WorkerAssignment.VERSION)
            .put("assignment_id", handed.assignmentId)
            .put("request_id", handed.jobId)
            .put("tenant_id", handed.tenant)
            .put("reason", reason)
            .put("timestamp", clock.millis());
    try {
      bus.publish(BusMessage.of(ExecSubjects.CANCEL, Bytes.utf8(message.text())));
    } catch (ProblemException _) {
      // Nobody is there to hear it. A late result is fenced all the same.
    }
  }

  /// Ends the delivery that brought a result.
  ///
  /// @param accepted whether the job took it
  void settle(HandedJob handed, boolean accepted) {
    Delivery delivery = handed.delivery;
    WorkerResult result = handed.result;
    if (delivery == null || result == null) {
      return;
    }
    if (!accepted) {
      metrics.resultsLate.increment();
      delivery.ack();
      return;
    }
    tell(usage(handed, result), delivery, () -> {});
  }

  private UsageEvent usage(HandedJob handed, WorkerResult result) {
    return new UsageEvent(
        handed.tenant,
        result.providerId(),
        result.jobType(),
        result.latencyMs(),
        result.cost(),
        result.status().wire(),
        clock.millis(),
        result.correlation().traceId(),
        handed.assignmentId,
        handed.jobId);
  }

  /// Tells what an assignment took, then acknowledges its result; until both are done the result
  /// comes again.
  ///
  /// @param then runs once it was told
  void tell(UsageEvent usage, Delivery delivery, Runnable then) {
    Futures.then(
        sender.send(BusMessage.of(ExecSubjects.USAGE, usage.json()), usage.messageId()),
        _ -> {
          metrics.usageEmitted.increment();
          boolean _ = told.add(usage.assignmentId());
          then.run();
          delivery.ack();
        },
        _ -> delivery.nak(TRY_AGAIN));
  }
}
