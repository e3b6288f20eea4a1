package dev.reeve.gateway.cap;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.base.Text;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.Progress;
import dev.reeve.service.Caller;
import dev.reeve.service.Futures;
import dev.reeve.service.PointerStore;
import dev.reeve.service.Role;
import dev.reeve.service.WorkerDesk;
import dev.reeve.service.bus.Delivery;
import dev.reeve.wire.cordum.agent.v1.AlertSeverity;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.JobProgress;
import dev.reeve.wire.cordum.agent.v1.JobResult;
import dev.reeve.wire.cordum.agent.v1.JobStatus;
import dev.reeve.wire.cordum.agent.v1.ResourceRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What workers report of attempts. A report of an attempt that is over changes nothing. Only a
/// result by pointer is read on a blocking thread; nothing else waits.
final class JobReports {
  private static final String CANCEL_ACTION = "action:job:cancel";
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration LATER = Duration.ofSeconds(5);
  private static final int STRANGER_DELIVERIES_MAX = 12;
  private static final int CODE_LENGTH_MAX = 64;
  private static final int MESSAGE_LENGTH_MAX = 1024;
  private static final int PERCENT = Progress.WHOLE / 100;

  private final CapWorkers workers;
  private final PointerStore pointers;
  private final GatewayServices services;
  private final CapSender sender;
  private final Saga saga;

  JobReports(
      CapWorkers workers,
      PointerStore pointers,
      GatewayServices services,
      CapSender sender,
      Saga saga) {
    this.workers = workers;
    this.pointers = pointers;
    this.services = services;
    this.sender = sender;
    this.saga = saga;
  }

  /// An attempt in the hands of a worker.
  private record Held(CapWorker worker, WorkerDesk.Session session, DispatchId dispatch, Job job) {}

  /// Progress is the worker's first sign, too.
  void progress(String senderId, JobProgress progress, Instant now) {
    sender.metrics().progress.increment();
    String named = progress.getDispatch().getAssignedWorkerId();
    workers
        .worker(named.isEmpty() ? senderId : named)
        .ifPresent(worker ->
            worker
                .attempt(progress.getDispatch(), progress.getJobId())
                .ifPresent(dispatch -> {
                  worker.sign(dispatch, now);
                  worker
                      .session()
                      .ifPresent(session -> {
                        session.started(dispatch);
                        session.progressed(dispatch, progress(progress));
                      });
                }));
  }

  void result(Delivery report, JobResult result) {
    sender.metrics().results.increment();
    Optional<CapWorker> worker = workers.worker(result.getWorkerId());
    if (worker.isEmpty()) {
      // After a restart its next sign makes it known again; a stranger's result is dropped.
      settleStranger(again(report, result));
      return;
    }
    Optional<DispatchId> dispatch = worker.get().attempt(result.getDispatch(), result.getJobId());
    if (dispatch.isEmpty()) {
      fenced(again(report, result));
      return;
    }
    Optional<WorkerDesk.Session> session = worker.get().session();
    Optional<Job> job = worker.get().job(dispatch.get());
    if (session.isEmpty() || job.isEmpty()) {
      report.nak(SOON);
      return;
    }
    Held held = new Held(worker.get(), session.get(), dispatch.get(), job.get());
    Delivery ending = isFatal(result) ? fatal(report, result, held.dispatch()) : report;
    if (!held.worker().awaits(held.dispatch(), ending, again(report, result))) {
      return;
    }
    if (result.getStatus() != JobStatus.JOB_STATUS_SUCCEEDED) {
      // The end of a good one says it all. Of another it counts whether it had begun.
      held.session().started(held.dispatch());
    }
    switch (result.getStatus()) {
      case JOB_STATUS_SUCCEEDED -> succeeded(held, result);
      case JOB_STATUS_FAILED_RETRYABLE -> failed(held, result, true);
      case JOB_STATUS_CANCELLED -> cancelled(held, result);
      case JOB_STATUS_TIMEOUT -> ended(held, result, JobCommand.Ending.TIMED_OUT, false);
      case JOB_STATUS_DENIED -> ended(held, result, JobCommand.Ending.DENIED, false);
      case JOB_STATUS_FAILED_FATAL -> ended(held, result, JobCommand.Ending.FATAL, false);
      case JOB_STATUS_FAILED,
          JOB_STATUS_PENDING,
          JOB_STATUS_SCHEDULED,
          JOB_STATUS_DISPATCHED,
          JOB_STATUS_RUNNING,
          JOB_STATUS_UNSPECIFIED,
          UNRECOGNIZED ->
          failed(held, result, false);
    }
  }

  private static boolean isFatal(JobResult result) {
    return result.getStatus() == JobStatus.JOB_STATUS_FAILED_FATAL;
  }

  /// A report that is not the end of an attempt in a worker's hands. When the bus brings it again
  /// and it names the attempt, the job may have ended by it before, and the rollback was cut short.
  private Delivery again(Delivery report, JobResult result) {
    return isFatal(result) && report.count() > 1
        ? DispatchId.parse(result.getDispatch().getDispatchId())
            .map(dispatch -> fatal(report, result, dispatch))
            .orElse(report)
        : report;
  }

  /// Acknowledged when the workflow was rolled back, if the job has ended by this report.
  private Delivery fatal(Delivery report, JobResult result, DispatchId dispatch) {
    Saga.Failure failure =
        new Saga.Failure(
            result.getIdentity().getTenantId(),
            result.getJobId(),
            dispatch,
            result.getWorkerId(),
            code(result));
    return new FatalReport(report, services.blocking(), alive -> saga.rollBack(failure, alive));
  }

  private void settleStranger(Delivery delivery) {
    if (delivery.count() >= STRANGER_DELIVERIES_MAX) {
      fenced(delivery);
    } else {
      delivery.nak(LATER);
    }
  }

  /// Late, or of somebody else's attempt.
  private void fenced(Delivery delivery) {
    sender.counted(false);
    delivery.ack();
  }

  private void succeeded(Held held, JobResult result) {
    String pointer =
        result.getResultPtr().isEmpty() ? result.getResultRef().getUri() : result.getResultPtr();
    if (pointer.isEmpty()) {
      held.session().completed(held.dispatch(), ContentTypes.OCTETS, Bytes.EMPTY);
    } else {
      services.blocking().execute(() -> fetch(held, result, pointer));
    }
  }

  private void fetch(Held held, JobResult result, String pointer) {
    Bytes content;
    try {
      content = read(held.job(), pointer);
    } catch (ProblemException e) {
      held.session().started(held.dispatch());
      held.worker().postpone(held.dispatch(), LATER);
      return;
    }
    ResourceRef ref = result.getResultRef();
    boolean checked = ref.getSha256().size() == 32;
    if (checked && !Bytes.wrap(ref.getSha256().toByteArray()).equals(Sha256.of(content))) {
      held.session().started(held.dispatch());
      held.session()
          .failed(
              held.dispatch(),
              "RESULT_DAMAGED",
              "what result_ptr leads to is not what the worker wrote",
              true,
              0);
      return;
    }
    String type = ref.getMediaType().isEmpty() ? ContentTypes.of(content) : ref.getMediaType();
    held.session().completed(held.dispatch(), type, content);
  }

  /// What nobody wrote here cannot be released here: the job is done without a result.
  private Bytes read(Job job, String pointer) {
    Optional<Bytes> found =
        Pointers.key(pointer).flatMap(key -> Pointers.find(pointers, job.key().tenant(), key));
    if (found.isEmpty()) {
      sender
          .alerts()
          .raise(
              ErrorCode.ERROR_CODE_JOB_NOT_FOUND,
              AlertSeverity.ALERT_SEVERITY_WARNING,
              "job "
                  + job.key().jobId()
                  + ": result_ptr "
                  + Text.quoteForMessage(pointer)
                  + " leads to nothing (expected: what the worker wrote)");
    }
    return found.orElse(Bytes.EMPTY);
  }

  private void failed(Held held, JobResult result, boolean retryable) {
    ended(held, result, JobCommand.Ending.FAILED, retryable);
  }

  private void ended(Held held, JobResult result, JobCommand.Ending ending, boolean retryable) {
    held.session()
        .ended(
            held.dispatch(), ending, code(result), message(result.getErrorMessage()), retryable, 0);
  }

  private void cancelled(Held held, JobResult result) {
    Caller worker =
        new Caller(
            held.worker().id(),
            Role.USER,
            false,
            held.job().key().tenant(),
            "",
            RequestDecoder.DIALECT,
            held.job().header().origin().traceId(),
            Caller.BUS,
            "");
    String why = message(result.getErrorMessage());
    Futures.then(
        services
            .cancel()
            .cancel(
                worker,
                held.job().key().jobId(),
                why.isEmpty() ? "cancelled by its worker" : why,
                CANCEL_ACTION),
        _ -> {},
        _ -> held.worker().postpone(held.dispatch(), SOON));
  }

  private static Progress progress(JobProgress progress) {
    String stage = snake(progress.getStepId());
    return new Progress(stage, progress.getPercent() * PERCENT, message(progress.getMessage()));
  }

  private static String code(JobResult result) {
    String code = snake(result.getErrorCode());
    if (!code.isEmpty()) {
      return code;
    }
    boolean named =
        result.getErrorCodeEnum() != ErrorCode.ERROR_CODE_UNSPECIFIED
            && result.getErrorCodeEnum() != ErrorCode.UNRECOGNIZED;
    if (named) {
      return result.getErrorCodeEnum().name().substring("ERROR_CODE_".length());
    }
    String status = result.getStatus().name();
    return "WORKER_" + status.substring(status.indexOf("STATUS_") + "STATUS_".length());
  }

  private static String snake(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
      if (out.length() < CODE_LENGTH_MAX) {
        boolean plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        out.append(plain ? c : '_');
      }
    }
    return out.toString();
  }

  private static String message(String text) {
    String shown = Text.isUnicode(text) ? text.replace('\0', ' ') : "";
    int end = Math.min(shown.length(), MESSAGE_LENGTH_MAX);
    boolean cutsPair = end > 0 && Character.isHighSurrogate(shown.charAt(end - 1));
    return shown.substring(0, cutsPair ? end - 1 : end);
  }
}
