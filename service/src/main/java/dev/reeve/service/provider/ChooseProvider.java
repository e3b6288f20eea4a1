package dev.reeve.service.provider;

import dev.reeve.base.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The port to routing: which provider serves a call, and which one after a failure. Answers from
/// memory, but where a policy asks others first.
public interface ChooseProvider {
  /// There are no routing policies: the order of the configuration decides.
  ChooseProvider NONE =
      new ChooseProvider() {
        @Override
        public boolean mayBlock(String tenant) {
          return false;
        }

        @Override
        public Choice choose(Question question) {
          return new Choice.NoPolicy();
        }

        @Override
        public void observe(Observation observation) {}
      };

  /// Whether [#choose] may block for this tenant.
  boolean mayBlock(String tenant);

  /// Who should be asked.
  Choice choose(Question question);

  /// How a chosen provider did; feeds breakers, latencies and budgets.
  void observe(Observation observation);

  /// A call that needs a provider.
  ///
  /// @param tenant for whom
  /// @param taskType `chat`, `completion` or `embedding`
  /// @param requestId names the call
  /// @param context what rules see: `model`, `user_id`, `session_id` and labels
  /// @param failure what happened before, for fallback rules
  record Question(
      String tenant,
      String taskType,
      String requestId,
      Map<String, String> context,
      Optional<Failure> failure) {
    public Question {
      Objects.requireNonNull(tenant, "tenant");
      Objects.requireNonNull(taskType, "taskType");
      Objects.requireNonNull(requestId, "requestId");
      Objects.requireNonNull(failure, "failure");
      context = Map.copyOf(context);
    }
  }

  /// A call that failed.
  ///
  /// @param status of [ProviderErrorClass#status]
  /// @param provider who failed, as it was chosen
  /// @param retriesUsed attempts that the rule in question has used already
  /// @param retryAfter for how long it wants to be left alone; zero when it did not say
  record Failure(String status, String provider, int retriesUsed, Duration retryAfter) {}

  /// The answer.
  sealed interface Choice {
    /// Ask this one.
    ///
    /// @param candidate a provider's id, or `ID:MODEL`
    /// @param reason `weighted`, `sticky`, `retry`, `fallback`, ...
    /// @param policyId which policy decided
    /// @param policyVersion which version of it
    /// @param backoff how long to wait before
    /// @param metadata further facts for the caller
    record Chosen(
        String candidate,
        String reason,
        String policyId,
        String policyVersion,
        Duration backoff,
        Map<String, String> metadata)
        implements Choice {
      public Chosen {
        metadata = Map.copyOf(metadata);
      }

      /// Whether the same provider is asked once more.
      public boolean isRetry() {
        return reason.equals("retry");
      }
    }

    /// Nobody may be asked.
    record Refused(Problem problem) implements Choice {}

    /// No policy speaks for the tenant.
    record NoPolicy() implements Choice {}
  }

  /// What became of a call.
  ///
  /// @param question as it was asked
  /// @param choice as it was answered
  /// @param status `success`, or that of [ProviderErrorClass#status]
  /// @param latencyMillis until the answer, in milliseconds
  /// @param costUsd in USD
  /// @param usage nothing when it failed
  /// @param retryAfter for how long the provider wants to be left alone; zero when it did not say
  record Observation(
      Question question,
      Choice.Chosen choice,
      String status,
      long latencyMillis,
      double costUsd,
      Usage usage,
      Duration retryAfter) {}
}
