package dev.reeve.cli.worker;

import dev.reeve.cli.client.MediaTypes;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.DispatchComplete;
import dev.reeve.wire.reeve.v1.DispatchFail;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An assignment that takes a slot: it runs, or its report waits for the server's word. Belongs to
/// the worker's thread, but for the progress cell.
final class OpenDispatch {
  /// A report that the server never acknowledges, for instance because it is too large for it, must
  /// not be sent for ever.
  private static final int SENDS_MAX = 3;

  private final String dispatchId;
  private final String jobId;
  private final int attempt;
  private final CommandRun run;
  private final long startedNanos;
  private final AtomicReference<@Nullable Progress> unsent;
  private @Nullable ConnectRequest report;
  private long progressSentNanos;
  private int sends;
  private boolean dropped;

  OpenDispatch(
      Assignment assignment,
      CommandRun run,
      AtomicReference<@Nullable Progress> unsent,
      long nowNanos) {
    this.dispatchId = assignment.getDispatchId();
    this.jobId = assignment.getJobId();
    this.attempt = assignment.getAttempt();
    this.run = run;
    this.unsent = unsent;
    this.startedNanos = nowNanos;
    this.progressSentNanos = nowNanos;
  }

  String dispatchId() {
    return dispatchId;
  }

  String jobId() {
    return jobId;
  }

  int attempt() {
    return attempt;
  }

  long startedNanos() {
    return startedNanos;
  }

  boolean isRunning() {
    return report == null;
  }

  /// Whether the server no longer wants it; the slot is free once the run is over.
  boolean isDropped() {
    return dropped;
  }

  void drop() {
    dropped = true;
    run.stop(CommandRun.Stop.DROPPED);
  }

  /// Keeps the report until the server has acknowledged it.
  void end(RunOutcome outcome) {
    report =
        switch (outcome) {
          case RunOutcome.Succeeded succeeded ->
              ConnectRequest.newBuilder()
                  .setComplete(
                      DispatchComplete.newBuilder()
                          .setDispatchId(dispatchId)
                          .setResult(succeeded.result())
                          .setContentType(contentType(succeeded)))
                  .build();
          case RunOutcome.Failed failed ->
              failure(failed.code(), failed.message(), failed.retryable());
          case RunOutcome.Dropped _ ->
              throw new IllegalStateException("only what was dropped here ends so");
        };
  }

  /// The report to send now; empty while it runs.
  Optional<ConnectRequest> nextReport() {
    if (report == null) {
      return Optional.empty();
    }
    sends++;
    if (sends == SENDS_MAX + 1) {
      report =
          failure(
              "RESULT_UNDELIVERABLE", "the server did not take the result from the worker", false);
    }
    return Optional.of(report);
  }

  /// The newest progress, when it is time for one.
  Optional<Progress> progressAfter(long intervalNanos, long nowNanos) {
    if (!isRunning() || dropped || nowNanos - progressSentNanos < intervalNanos) {
      return Optional.empty();
    }
    Optional<Progress> newest = Optional.ofNullable(unsent.getAndSet(null));
    if (newest.isPresent()) {
      progressSentNanos = nowNanos;
    }
    return newest;
  }

  boolean hasUnsentProgress() {
    return unsent.get() != null && isRunning() && !dropped;
  }

  private ConnectRequest failure(String code, String message, boolean retryable) {
    return ConnectRequest.newBuilder()
        .setFail(
            DispatchFail.newBuilder()
                .setDispatchId(dispatchId)
                .setCode(code)
                .setMessage(message)
                .setRetryable(retryable))
        .build();
  }

  private static String contentType(RunOutcome.Succeeded succeeded) {
    return succeeded.result().size() > CommandRun.RESULT_BYTES_MAX / 64
        ? MediaTypes.BINARY
        : MediaTypes.guess(succeeded.result().toByteArray());
  }
}
