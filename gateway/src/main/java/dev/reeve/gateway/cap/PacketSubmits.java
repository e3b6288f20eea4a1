package dev.reeve.gateway.cap;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.ProblemKind;
import dev.reeve.gateway.BusCalls;
import dev.reeve.service.bus.Delivery;
import dev.reeve.wire.cordum.agent.v1.BusPacket;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import dev.reeve.wire.cordum.agent.v1.JobResult;
import dev.reeve.wire.cordum.agent.v1.JobStatus;
import dev.reeve.wire.reeve.v1.CapServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitPacketRequest;
import dev.reeve.wire.reeve.v1.SubmitPacketResponse;
import java.time.Duration;
import java.util.Locale;

/// Submits the jobs of packets by the way of every call. What is refused for good is told on the
/// dead letter subject; what is refused for now comes again. Blocks while it looks for the input.
final class PacketSubmits {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final String HEX_128 = "[0-9a-f]{32}";

  private final BusCalls calls;
  private final ContextResolver contexts;
  private final CapSender sender;

  PacketSubmits(BusCalls calls, ContextResolver contexts, CapSender sender) {
    this.calls = calls;
    this.contexts = contexts;
    this.sender = sender;
  }

  /// What became of a submit; exactly one is called, on any thread.
  interface Outcome {
    void done(String jobId);

    /// @param status as a caller of the API gets it
    void refused(Status status);
  }

  void submit(Delivery delivery, BusPacket packet) {
    JobRequest request = packet.getJobRequest();
    String trace = packet.getTraceId();
    try {
      submit(
          request,
          trace,
          packet.getSenderId(),
          new Outcome() {
            @Override
            public void done(String jobId) {
              delivery.ack();
            }

            @Override
            public void refused(Status status) {
              settle(delivery, request, trace, status);
            }
          });
    } catch (ProblemException e) {
      settle(delivery, request, trace, status(e.problem()));
    }
  }

  /// @throws ProblemException when the job names no tenant of its own, or its input cannot be
  ///   looked for now
  void submit(JobRequest request, String traceId, String senderId, Outcome outcome) {
    String tenant = RequestDecoder.tenant(request);
    ContextResolver.Context context =
        contexts.resolve(tenant.isEmpty() ? "default" : tenant, request.getContextPtr());
    SubmitPacketRequest call =
        SubmitPacketRequest.newBuilder()
            .setJob(request)
            .setTraceId(traceId)
            .setSenderId(senderId)
            .setPayload(UnsafeByteOperations.unsafeWrap(context.bytes().unsafeArray()))
            .setUnread(context.unread())
            .build();
    calls.call(
        CapServiceGrpc.getSubmitPacketMethod(),
        call,
        new BusCalls.Sender(tenant, hexTrace(traceId)),
        TIMEOUT,
        new BusCalls.Outcome<>() {
          @Override
          public void done(SubmitPacketResponse response) {
            outcome.done(response.getJobId());
          }

          @Override
          public void failed(Status status) {
            outcome.refused(status);
          }
        });
  }

  /// Tells of a job whose packet is not as the contract wants it.
  void refused(Delivery delivery, JobRequest request, PacketFault fault) {
    sender.metrics().jobsRefused.increment();
    sender.dead(
        "",
        JobResult.newBuilder()
            .setJobId(request.getJobId())
            .setStatus(JobStatus.JOB_STATUS_FAILED)
            .setWorkerId(CapDesk.SENDER)
            .setErrorCode("REQUEST_INVALID")
            .setErrorCodeEnum(fault.code())
            .setErrorMessage(fault.message())
            .build(),
        "dlq:submit:" + request.getJobId() + ":" + delivery.sequence());
  }

  private void settle(Delivery delivery, JobRequest request, String trace, Status status) {
    if (isForNow(status)) {
      delivery.nak(AGAIN);
      return;
    }
    sender.metrics().jobsRefused.increment();
    boolean denied = status.getCode() == Code.PERMISSION_DENIED_VALUE;
    sender.dead(
        trace,
        JobResult.newBuilder()
            .setJobId(request.getJobId())
            .setStatus(denied ? JobStatus.JOB_STATUS_DENIED : JobStatus.JOB_STATUS_FAILED)
            .setWorkerId(CapDesk.SENDER)
            .setErrorCode(reason(status))
            .setErrorCodeEnum(
                denied
                    ? ErrorCode.ERROR_CODE_SAFETY_DENIED
                    : ErrorCode.ERROR_CODE_JOB_INVALID_INPUT)
            .setErrorMessage(status.getMessage())
            .build(),
        "dlq:submit:" + request.getJobId() + ":" + delivery.sequence());
    delivery.ack();
  }

  /// Whether the same may be taken later.
  static boolean isForNow(Status status) {
    return switch (Code.forNumber(status.getCode())) {
      case UNAVAILABLE,
          DEADLINE_EXCEEDED,
          ABORTED,
          RESOURCE_EXHAUSTED,
          INTERNAL,
          UNKNOWN,
          CANCELLED ->
          true;
      case null, default -> false;
    };
  }

  private static Status status(Problem problem) {
    boolean invalid = problem.kind() == ProblemKind.INVALID;
    return Status.newBuilder()
        .setCode(invalid ? Code.INVALID_ARGUMENT_VALUE : Code.UNAVAILABLE_VALUE)
        .setMessage(problem.message())
        .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(problem.reason()).build()))
        .build();
  }

  private static String reason(Status status) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return detail.unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException e) {
          return "";
        }
      }
    }
    return "";
  }

  /// A UUID has the 128 bits of a trace id.
  private static String hexTrace(String traceId) {
    String hex = traceId.replace("-", "").toLowerCase(Locale.ROOT);
    return hex.matches(HEX_128) ? hex : "";
  }
}
