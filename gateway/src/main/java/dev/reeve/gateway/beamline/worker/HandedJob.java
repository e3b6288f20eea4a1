package dev.reeve.gateway.beamline.worker;

import dev.reeve.job.DispatchId;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.Delivery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An attempt that workers of a group have. Guarded by its group.
final class HandedJob {
  final DispatchId dispatch;
  final String assignmentId;
  final String jobId;
  final String tenant;

  /// When no result is awaited any more, by the monotonic clock.
  final long endsNanos;

  private final @Nullable BusMessage message;

  /// Whether the broker has the assignment.
  boolean published;

  boolean publishing;

  /// Who took it; empty while nobody said.
  String workerId = "";

  /// What is being reported, and the delivery that brought it.
  @Nullable WorkerResult result;

  @Nullable Delivery delivery;

  /// @param message null for an attempt of before a restart
  /// @param published whether its assignment went out before
  HandedJob(
      DispatchId dispatch,
      String assignmentId,
      String jobId,
      String tenant,
      long endsNanos,
      @Nullable BusMessage message,
      boolean published) {
    this.dispatch = dispatch;
    this.assignmentId = assignmentId;
    this.jobId = jobId;
    this.tenant = tenant;
    this.endsNanos = endsNanos;
    this.message = message;
    this.published = published;
  }

  Optional<BusMessage> message() {
    return Optional.ofNullable(message);
  }
}
