package dev.reeve.gateway.beamline.worker;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.reeve.base.Bytes;
import dev.reeve.wire.beamline.worker.v1.ExecAssignmentAck;
import java.util.Optional;

/// A worker's answer to an assignment: the `ExecAssignmentAck` of the contract.
///
/// @param message why, when it was not accepted; may be empty
/// @param acknowledgedAtMs since 1970 UTC; 0 when not said
/// @param workerId who answers; may be empty
record WorkerAck(
    String assignmentId,
    Status status,
    String message,
    String requestId,
    String traceId,
    String tenantId,
    long acknowledgedAtMs,
    String workerId) {
  private static final int TEXT_LENGTH_MAX = 1_024;
  private static final int ID_LENGTH_MAX = 128;

  /// What the worker does with it.
  enum Status {
    ACCEPTED("accepted"),
    REJECTED("rejected"),
    ERROR("error");

    private final String wire;

    Status(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }

    static Optional<Status> of(String wire) {
      for (Status status : values()) {
        if (status.wire.equals(wire)) {
          return Optional.of(status);
        }
      }
      return Optional.empty();
    }
  }

  /// Reads protobuf, and when it is none JSON with either set of names.
  ///
  /// @throws dev.reeve.base.ProblemException `WORKER_MESSAGE_INVALID`
  static WorkerAck read(Bytes message) {
    WorkerAck ack = proto(message).orElseGet(() -> json(message));
    if (ack.assignmentId.isEmpty() || ack.assignmentId.length() > ID_LENGTH_MAX) {
      throw ExecProblems.WORKER_MESSAGE_INVALID
          .field("assignment_id", ack.assignmentId, "1 to 128 characters")
          .toException();
    }
    return ack;
  }

  private static Optional<WorkerAck> proto(Bytes message) {
    if (message.isEmpty() || message.at(0) == '{') {
      return Optional.empty();
    }
    try {
      ExecAssignmentAck ack = ExecAssignmentAck.parseFrom(message.unsafeArray());
      return Status.of(ack.getStatus())
          .map(status ->
              new WorkerAck(
                  ack.getAssignmentId(),
                  status,
                  ack.getMessage(),
                  ack.getRequestId(),
                  ack.getTraceId(),
                  ack.getTenantId(),
                  ack.getAcknowledgedAt(),
                  ack.getWorkerId()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static WorkerAck json(Bytes message) {
    ExecMembers all = Envelope.ACK.open(message);
    ExecMembers nested = all.members("correlation");
    return new WorkerAck(
        all.text("assignment_id", TEXT_LENGTH_MAX),
        Status.of(all.text("status", TEXT_LENGTH_MAX))
            .orElseThrow(() -> all.wrong("status", "accepted, rejected or error")),
        all.text(TEXT_LENGTH_MAX, "message", "reason"),
        all.text("request_id", TEXT_LENGTH_MAX),
        (all.has("trace_id") ? all : nested).text("trace_id", TEXT_LENGTH_MAX),
        all.text("tenant_id", TEXT_LENGTH_MAX),
        all.integer("acknowledged_at", 0),
        all.text("worker_id", ID_LENGTH_MAX));
  }

  /// The contract's JSON.
  Bytes json() {
    return Bytes.utf8(
        new ExecJson()
            .put("assignment_id", assignmentId)
            .put("status", status.wire())
            .putGiven("message", message)
            .putGiven("request_id", requestId)
            .putGiven("trace_id", traceId)
            .putGiven("tenant_id", tenantId)
            .put("acknowledged_at", acknowledgedAtMs)
            .putGiven("worker_id", workerId)
            .text());
  }

  /// Whose answer it is, by its sender's headers when it does not say.
  WorkerAck under(ExecHeaders headers) {
    return new WorkerAck(
        assignmentId,
        status,
        message,
        requestId,
        traceId,
        headers.tenantId().isEmpty() ? tenantId : headers.tenantId(),
        acknowledgedAtMs,
        workerId.isEmpty() ? headers.producer() : workerId);
  }
}
