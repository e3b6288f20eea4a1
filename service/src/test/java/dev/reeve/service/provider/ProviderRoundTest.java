package dev.reeve.service.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.service.Caller;
import dev.reeve.service.Futures;
import dev.reeve.service.provider.ChooseProvider.Choice;
import dev.reeve.service.provider.ChooseProvider.Observation;
import dev.reeve.service.provider.ChooseProvider.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ProviderRoundTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Observation> observed = new ArrayList<>();

  private ServedCall<ModelOutcome.Answered> call(
      ChooseProvider chooser, String model, ModelProvider... providers) {
    Bytes body =
        Bytes.utf8(
            "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    CallModel.Call call =
        new CallModel.Call(
            Caller.localOperator("default", "", "openai", "", "127.0.0.1"),
            "action:model:chat",
            "r1",
            ModelOperation.CHAT,
            body,
            "",
            "",
            Map.of(),
            List.of());
    ProviderRound round =
        new ProviderRound(
            new ProviderDirectory(List.of(providers)),
            chooser,
            (time, _) -> {
              pauses.add(time);
              return CompletableFuture.completedFuture(true);
            },
            System::nanoTime,
            Runnable::run);
    return answer(
        round.invoke(
            call,
            ModelBody.read(ModelOperation.CHAT, body),
            new ModelGate.Admitted(
                PolicyDecision.NO_POLICY,
                Optional.empty(),
                Duration.ZERO,
                Bytes.EMPTY,
                CompletableFuture.completedFuture(true)),
            new CancelSignal()));
  }

  private static <T> T answer(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw Futures.problem(e).toException();
    }
  }

  /// First `gold`; after a failure `gold` once more, then `silver`.
  private final ChooseProvider policy =
      new ChooseProvider() {
        @Override
        public boolean mayBlock(String tenant) {
          return false;
        }

        @Override
        public Choice choose(Question question) {
          return question
              .failure()
              .map(failure ->
                  failure.retriesUsed() < 1 && failure.provider().equals("gold")
                      ? chosen("gold", "retry", 50)
                      : chosen("silver", "fallback", 0))
              .orElse(chosen("gold", "weighted", 0));
        }

        @Override
        public void observe(Observation observation) {
          observed.add(observation);
        }
      };

  private static Choice chosen(String candidate, String reason, long waitMillis) {
    return new Choice.Chosen(
        candidate, reason, "default", "3", Duration.ofMillis(waitMillis), Map.of());
  }

  @Test
  void the_policy_says_who_is_asked_and_who_next() {
    ScriptedProvider gold =
        new ScriptedProvider("gold", "m")
            .failing(ProviderErrorClass.TIMEOUT, ProviderErrorClass.SERVER_ERROR);
    ScriptedProvider silver = new ScriptedProvider("silver", "m");

    CallModel.Head head = call(policy, "m", gold, silver).head("r1");

    assertThat(head.provider()).isEqualTo("silver");
    assertThat(head.reason()).isEqualTo("fallback");
    assertThat(head.policyVersion()).isEqualTo("3");
    assertThat(head.attempts()).isEqualTo(3);
    assertThat(gold.calls()).hasSize(2);
    assertThat(pauses).containsExactly(Duration.ofMillis(50));
    assertThat(observed)
        .extracting(Observation::status)
        .containsExactly("timeout", "5xx", "success");
  }

  @Test
  void who_failed_as_the_last_resort_is_not_asked_for_ever() {
    ScriptedProvider gold = new ScriptedProvider("gold", "m");
    ScriptedProvider silver = new ScriptedProvider("silver", "m");
    for (int i = 0; i < 20; i++) {
      gold.failing(ProviderErrorClass.SERVER_ERROR);
      silver.failing(ProviderErrorClass.SERVER_ERROR);
    }

    assertThatThrownBy(() -> call(policy, "m", gold, silver))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProviderProblems.PROVIDER_FAILED));
    assertThat(silver.calls()).hasSize(1);
  }

  @Test
  void without_a_policy_the_order_decides_and_each_is_asked_once() {
    ScriptedProvider first =
        new ScriptedProvider("a", "m").failing(ProviderErrorClass.CONNECTION_ERROR);
    ScriptedProvider other = new ScriptedProvider("b", "else");
    ScriptedProvider second = new ScriptedProvider("c", "m");

    CallModel.Head head = call(ChooseProvider.NONE, "m", first, other, second).head("r1");

    assertThat(head.provider()).isEqualTo("c");
    assertThat(head.reason()).isEqualTo("order");
    assertThat(other.calls()).isEmpty();
  }

  @Test
  void a_refused_request_is_refused_at_once() {
    ScriptedProvider first = new ScriptedProvider("a", "m").failing(ProviderErrorClass.REFUSED);
    ScriptedProvider second = new ScriptedProvider("b", "m");

    assertThatThrownBy(() -> call(ChooseProvider.NONE, "m", first, second))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProviderProblems.PROVIDER_REFUSED));
    assertThat(second.calls()).isEmpty();
  }

  @Test
  void a_model_that_nobody_serves_is_not_found() {
    assertThatThrownBy(() -> call(policy, "nope", new ScriptedProvider("gold", "m")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ProviderProblems.MODEL_NOT_FOUND));
  }

  @Test
  void a_candidate_may_name_a_model_and_another_provider_serves_its_own() {
    ScriptedProvider gold = new ScriptedProvider("gold", "m");
    ScriptedProvider silver = new ScriptedProvider("silver", "small");
    ChooseProvider named = only("gold:special");
    ChooseProvider other = only("silver");

    call(named, "m", gold, silver);
    call(other, "m", gold, silver);

    assertThat(gold.calls().getFirst().model()).isEqualTo("special");
    assertThat(gold.calls().getFirst().body().utf8()).contains("\"model\":\"special\"");
    assertThat(silver.calls().getFirst().model()).isEqualTo("small");
  }

  private static ChooseProvider only(String candidate) {
    return new ChooseProvider() {
      @Override
      public boolean mayBlock(String tenant) {
        return true;
      }

      @Override
      public Choice choose(Question question) {
        return chosen(candidate, "weighted", 0);
      }

      @Override
      public void observe(Observation observation) {}
    };
  }
}
