package dev.reeve.gateway;

import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyExplanation;
import dev.reeve.policy.PolicyInput;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import io.grpc.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Questions to a policy and their answers as lines of proto JSON, for programs that decide without
/// a server, or ask one.
public final class PolicyLines {
  private PolicyLines() {}

  /// One question.
  ///
  /// @param jobId what an approval would refer to; may be empty
  public record Question(PolicyInput input, String jobId) {}

  /// Reads a `PolicyCheckRequest`.
  ///
  /// @throws dev.reeve.base.ProblemException `JSON_INVALID`, naming the member
  public static Question read(String line) {
    PolicyCheckRequest request = request(line);
    return new Question(PolicyCheckDecoder.decode(request), request.getJobId());
  }

  /// Writes a `PolicyCheckResponse`.
  public static String answer(PolicyDecision decision, String jobId) {
    return ProtoJson.line(PolicyCheckEncoder.encode(decision, jobId));
  }

  /// Writes a `PolicyCheckResponse` with what every rule said.
  public static String answer(PolicyExplanation explanation, String jobId) {
    return ProtoJson.line(
        PolicyCheckEncoder.encode(explanation.decision(), jobId, explanation.trace()));
  }

  private static PolicyCheckRequest request(String line) {
    return ProtoJson.read(line, PolicyCheckRequest.newBuilder()).build();
  }

  /// The safety kernel of a server, asked line by line. Blocks; throws what a gRPC stub throws.
  public static final class OfServer {
    private final Channel channel;
    private final Duration callTimeout;

    /// @param channel leads to the server
    /// @param callTimeout longest wait for one answer
    public OfServer(Channel channel, Duration callTimeout) {
      this.channel = channel;
      this.callTimeout = callTimeout;
    }

    /// Decides and counts.
    public String check(String line) {
      PolicyCheckRequest request = request(line);
      return ProtoJson.line(stub().check(request));
    }

    /// Decides and says what every rule said.
    public String explain(String line) {
      PolicyCheckRequest request = request(line);
      return ProtoJson.line(stub().explain(request));
    }

    /// Decides without counting.
    public String simulate(String line) {
      PolicyCheckRequest request = request(line);
      return ProtoJson.line(stub().simulate(request));
    }

    private SafetyKernelGrpc.SafetyKernelBlockingStub stub() {
      return SafetyKernelGrpc.newBlockingStub(channel)
          .withDeadlineAfter(callTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
