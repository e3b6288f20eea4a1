package dev.reeve.gateway.remote;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.service.decider.DeciderAnswer;
import dev.reeve.service.decider.OutputAnswer;
import dev.reeve.service.decider.OutputAnswer.Action;
import dev.reeve.service.decider.OutputDecider;
import dev.reeve.service.decider.OutputQuestion;
import dev.reeve.wire.cordum.v1.OutputCheckRequest;
import dev.reeve.wire.cordum.v1.OutputCheckResponse;
import dev.reeve.wire.cordum.v1.OutputFinding;
import dev.reeve.wire.cordum.v1.OutputPolicyServiceGrpc;
import io.grpc.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `cordum.v1.OutputPolicyService` of another server.
public final class OutputPolicyClient implements OutputDecider, AutoCloseable {
  /// More content than this is not sent; the true size always is.
  static final int CONTENT_BYTES_MAX = 2 * 1024 * 1024;

  private final RemoteChannel channel;
  private final Duration metadataTimeout;
  private final Duration contentTimeout;

  private OutputPolicyClient(
      RemoteChannel channel, Duration metadataTimeout, Duration contentTimeout) {
    this.channel = channel;
    this.metadataTimeout = metadataTimeout;
    this.contentTimeout = contentTimeout;
  }

  /// Begins to connect; does not wait for it.
  ///
  /// @param metadataTimeout of a call without content
  /// @param contentTimeout of a call with content
  /// @throws dev.reeve.base.ProblemException `REMOTE_TLS_UNUSABLE`
  public static OutputPolicyClient connect(
      RemoteTarget target, Duration metadataTimeout, Duration contentTimeout) {
    return new OutputPolicyClient(RemoteChannel.open(target), metadataTimeout, contentTimeout);
  }

  @Override
  public DeciderAnswer<OutputAnswer> checkMetadata(OutputQuestion question) {
    return ask(stub(metadataTimeout).withWaitForReady(), metadata(question).build(), 0);
  }

  /// Does not wait for a connection: the time is for the answer.
  @Override
  public DeciderAnswer<OutputAnswer> checkContent(OutputQuestion question) {
    Bytes content = question.content();
    int sent = Math.min(content.size(), CONTENT_BYTES_MAX);
    ByteString bytes = ByteString.copyFrom(content.unsafeArray(), 0, sent);
    OutputCheckRequest.Builder request = metadata(question);
    if (question.isError()) {
      request.setErrorMessage(bytes.toStringUtf8());
    } else {
      request.setOutputContent(bytes);
    }
    DeciderAnswer<OutputAnswer> answer = ask(stub(contentTimeout), request.build(), sent);
    return sent < content.size() ? withoutTheRest(answer) : answer;
  }

  private OutputPolicyServiceGrpc.OutputPolicyServiceBlockingStub stub(Duration timeout) {
    return OutputPolicyServiceGrpc.newBlockingStub(channel.forCall())
        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// In nobody's call: an output is not reviewed for the worker that brings it, which may be gone.
  private static DeciderAnswer<OutputAnswer> ask(
      OutputPolicyServiceGrpc.OutputPolicyServiceBlockingStub stub,
      OutputCheckRequest request,
      int sent) {
    Context callers = Context.ROOT.attach();
    try {
      return RemoteCall.make(
          () -> stub.checkOutput(request),
          response -> decode(response, sent),
          reason -> new OutputAnswer(Action.QUARANTINE, "", reason, "", List.of()));
    } finally {
      Context.ROOT.detach(callers);
    }
  }

  /// What the decider wants cut may go on in the part that it has not seen.
  private static DeciderAnswer<OutputAnswer> withoutTheRest(DeciderAnswer<OutputAnswer> answer) {
    return answer instanceof DeciderAnswer.Decided<OutputAnswer>(OutputAnswer decided)
            && decided.action() == Action.REDACT
        ? new DeciderAnswer.Decided<>(
            new OutputAnswer(
                Action.QUARANTINE,
                decided.ruleId(),
                "content_truncated: " + decided.reason(),
                decided.snapshot(),
                List.of()))
        : answer;
  }

  private static OutputCheckRequest.Builder metadata(OutputQuestion question) {
    OutputCheckRequest.Builder out =
        OutputCheckRequest.newBuilder()
            .setJobId(question.jobId())
            .setTopic(question.topic())
            .setTenant(question.tenant())
            .putAllLabels(question.labels())
            .setOutputSizeBytes(question.content().size())
            .setContentHash("sha256:" + Sha256.of(question.content()).hex())
            .addAllRiskTags(question.riskTags())
            .setPrincipalId(question.principal())
            .setContentType(question.contentType());
    if (!question.capability().isEmpty()) {
      out.addCapabilities(question.capability());
    }
    return question.isError() ? out.setErrorCode("ERROR") : out;
  }

  private static OutputAnswer decode(OutputCheckResponse response, int sent) {
    Action action =
        switch (response.getDecision()) {
          case OUTPUT_DECISION_ALLOW -> Action.ALLOW;
          case OUTPUT_DECISION_REDACT -> Action.REDACT;
          case OUTPUT_DECISION_QUARANTINE, UNRECOGNIZED -> Action.QUARANTINE;
        };
    return new OutputAnswer(
        action,
        RemoteText.line(response.getRuleId()),
        RemoteText.line(response.getReason()),
        RemoteText.line(response.getPolicySnapshot()),
        action == Action.REDACT ? cuts(response.getFindingsList(), sent) : List.of());
  }

  /// A finding without a place, or with one outside of what was sent, leaves no range to trust:
  /// then all is cut.
  private static List<OutputAnswer.Cut> cuts(List<OutputFinding> findings, int sent) {
    List<OutputAnswer.Cut> cuts = new ArrayList<>();
    for (OutputFinding finding : findings) {
      long start = finding.getOffset();
      long length = finding.getLength();
      if (start < 0 || length <= 0 || start > sent || length > sent - start) {
        return List.of();
      }
      cuts.add(new OutputAnswer.Cut((int) start, (int) (start + length)));
    }
    return cuts;
  }

  @Override
  public void close() {
    channel.close();
  }
}
