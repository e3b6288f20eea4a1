package dev.reeve.server;

import dev.reeve.gateway.remote.OutputPolicyClient;
import dev.reeve.gateway.remote.RemoteTarget;
import dev.reeve.gateway.remote.SafetyKernelClient;
import dev.reeve.service.ChainedOutputReview;
import dev.reeve.service.JobReader;
import dev.reeve.service.OutputReview;
import dev.reeve.service.decider.CircuitBreaker;
import dev.reeve.service.decider.DeciderLink;
import dev.reeve.service.decider.DeciderStatus;
import dev.reeve.service.decider.DeciderWords;
import dev.reeve.service.decider.OutputChain;
import dev.reeve.service.decider.OutputDecider;
import dev.reeve.service.decider.PolicyChain;
import dev.reeve.service.decider.PolicyDecider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The deciders outside of this process, connected.
final class Deciders implements AutoCloseable {
  private static final int CALLS_MAX = 256;

  private final PolicyChain policy;
  private final Optional<OutputChain> output;
  private final List<Runnable> closing;

  private Deciders(PolicyChain policy, Optional<OutputChain> output, List<Runnable> closing) {
    this.policy = policy;
    this.output = output;
    this.closing = closing;
  }

  /// Begins to connect; a decider that does not answer does not stop a start.
  ///
  /// @param words looks at what deciders say before it is kept or shown
  /// @throws dev.reeve.base.ProblemException when a certificate or key cannot be used
  static Deciders connect(DeciderConfig config, DeciderWords words) {
    List<Runnable> closing = new ArrayList<>();
    PolicyChain policy =
        config
            .safetyKernel()
            .map(kernel -> {
              SafetyKernelClient client =
                  SafetyKernelClient.connect(kernel.target(), kernel.timeout());
              closing.add(client::close);
              return PolicyChain.then(
                  link("safety_kernel", kernel.target(), kernel.timeout(), config.openTime()),
                  words.of((PolicyDecider) client),
                  kernel.failModes());
            })
            .orElse(PolicyChain.OURS_ALONE);
    Optional<OutputChain> output =
        config
            .outputPolicy()
            .map(other -> {
              OutputPolicyClient client =
                  OutputPolicyClient.connect(
                      other.target(), other.metadataTimeout(), other.contentTimeout());
              closing.add(client::close);
              return new OutputChain(
                  link("output_policy", other.target(), other.contentTimeout(), config.openTime()),
                  words.of((OutputDecider) client),
                  other.failMode());
            });
    return new Deciders(policy, output, closing);
  }

  private static DeciderLink link(
      String name, RemoteTarget target, Duration roomWait, Duration openTime) {
    CircuitBreaker breaker =
        new CircuitBreaker(
            CircuitBreaker.Settings.STANDARD.withOpenTime(openTime), System::nanoTime);
    return new DeciderLink(name, target.address(), breaker, CALLS_MAX, roomWait, System::nanoTime);
  }

  PolicyChain policy() {
    return policy;
  }

  /// A review after which the other output policy is asked, if there is one.
  OutputReview after(OutputReview ours, JobReader reader) {
    return output.map(chain -> ours.then(new ChainedOutputReview(chain, reader))).orElse(ours);
  }

  /// The other output policy, if there is one.
  Optional<OutputChain> output() {
    return output;
  }

  List<DeciderStatus> statuses() {
    List<DeciderStatus> statuses = new ArrayList<>(policy.statuses());
    output.ifPresent(chain -> statuses.add(chain.status()));
    return statuses;
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
