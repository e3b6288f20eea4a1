package dev.reeve.gateway.remote;

import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.service.decider.DeciderAnswer;
import dev.reeve.service.decider.PolicyDecider;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// `cordum.agent.v1.SafetyKernel` of another server.
public final class SafetyKernelClient implements PolicyDecider, AutoCloseable {
  private final RemoteChannel channel;
  private final Duration timeout;

  private SafetyKernelClient(RemoteChannel channel, Duration timeout) {
    this.channel = channel;
    this.timeout = timeout;
  }

  /// Begins to connect; does not wait for it.
  ///
  /// @param timeout of one call, connecting included
  /// @throws dev.reeve.base.ProblemException `REMOTE_TLS_UNUSABLE`
  public static SafetyKernelClient connect(RemoteTarget target, Duration timeout) {
    return new SafetyKernelClient(RemoteChannel.open(target), timeout);
  }

  @Override
  public DeciderAnswer<PolicyDecision> decide(PolicyInput input) {
    PolicyCheckRequest request = PolicyQuestions.encode(input);
    return RemoteCall.make(
        () ->
            SafetyKernelGrpc.newBlockingStub(channel.forCall())
                .withWaitForReady()
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .check(request),
        PolicyAnswers::decode,
        PolicyAnswers::refused);
  }

  @Override
  public void close() {
    channel.close();
  }
}
