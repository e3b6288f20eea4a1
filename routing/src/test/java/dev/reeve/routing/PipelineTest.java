package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.routing.ExtensionReply.Answered;
import dev.reeve.routing.ExtensionReply.Failed;
import dev.reeve.routing.ExtensionReply.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Extensions around a decision.
final class PipelineTest {
  private static final String ONE = "{'providers': [{'name': 'a', 'weight': 1}]";

  private final RouterFixture routes = new RouterFixture();
  private final List<ExtensionCall> calls = new ArrayList<>();

  @Test
  void they_run_in_order_and_hand_on_what_they_change() {
    routes
        .policy(
            "p",
            ONE
                + ", 'pre': [{'id': 'x', 'config': {'k': 1}, 'timeout_ms': 70, 'retry': 2}],"
                + " 'validators': [{'id': 'y'}], 'post': [{'id': 'z'}],"
                + " 'rules': [{'match': 'lang:de', 'prefer': ['b']}]}")
        .extensions(call -> {
          calls.add(call);
          return call.id().equals("x")
              ? new Answered(Optional.of("clean"), Map.of("lang", "de"), false, "", Map.of())
              : ExtensionReply.fine();
        });

    RouteDecision decision =
        routes.decide(RouterFixture.question("p", "user_id", "u").withPayload("raw"));

    assertThat(calls).extracting(ExtensionCall::id).containsExactly("x", "y", "z");
    assertThat(calls.getFirst().payload()).isEqualTo("raw");
    assertThat(calls.getFirst().config()).containsEntry("k", 1L);
    assertThat(calls.getFirst().timeoutMs()).hasValue(70);
    assertThat(calls.getFirst().retry()).hasValue(2);
    assertThat(calls.get(1).payload()).isEqualTo("clean");
    assertThat(calls.get(1).metadata()).containsEntry("lang", "de").containsEntry("user_id", "u");
    assertThat(decision.providerId()).isEqualTo("b");
    assertThat(decision.payload()).contains("clean");
    assertThat(decision.metadata())
        .containsEntry("lang", "de")
        .containsEntry(
            "executed_extensions",
            "[{\"id\":\"x\",\"status\":\"ok\",\"type\":\"pre\"},"
                + "{\"id\":\"y\",\"status\":\"ok\",\"type\":\"validator\"},"
                + "{\"id\":\"z\",\"status\":\"ok\",\"type\":\"post\"}]");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, extension_not_found",
    "TIMEOUT, extension_timeout",
    "UNAVAILABLE, extension_unavailable",
    "ERROR, extension_error"
  })
  void a_required_one_that_fails_ends_the_decision(Failure failure, String code) {
    routes
        .policy("p", ONE + ", 'pre': [{'id': 'x', 'mode': 'required'}]}")
        .extensions(_ -> new Failed(failure, "down"));

    RouteRefusal refusal = routes.refuse("p");

    assertThat(refusal.code().wireName()).isEqualTo(code);
    assertThat(refusal.details()).containsEntry("extension_id", "x");
    assertThat(refusal.extensions())
        .containsExactly(new ExtensionTrace(ExtensionType.PRE, "x", "error"));
  }

  @Test
  void an_optional_one_that_fails_is_traced_and_passed_over() {
    routes.policy("p", ONE + ", 'pre': [{'id': 'x'}], 'post': [{'id': 'z'}]}");

    assertThat(routes.decide("p").extensions())
        .containsExactly(
            new ExtensionTrace(ExtensionType.PRE, "x", "error"),
            new ExtensionTrace(ExtensionType.POST, "z", "error"));
  }

  @Test
  void a_required_post_processor_has_a_code_of_its_own() {
    routes.policy("p", ONE + ", 'post': [{'id': 'z', 'mode': 'required'}]}");

    RouteRefusal refusal = routes.refuse("p");

    assertThat(refusal.code()).isEqualTo(RefusalCode.POST_PROCESSOR_FAILED);
    assertThat(refusal.details())
        .containsEntry("extension_id", "z")
        .containsEntry("cause", "extension_unavailable");
  }

  @ParameterizedTest
  @CsvSource({"block, validator_blocked, error", "warn, '', warn", "ignore, '', ignore"})
  void a_validator_that_rejects(String onFail, String code, String status) {
    routes
        .policy("p", ONE + ", 'validators': [{'id': 'y', 'on_fail': '" + onFail + "'}]}")
        .extensions(
            _ -> new Answered(Optional.empty(), Map.of(), true, "pii", Map.of("field", "email")));

    RouteOutcome outcome = routes.ask("p");

    assertThat(outcome.extensions())
        .containsExactly(new ExtensionTrace(ExtensionType.VALIDATOR, "y", status));
    if (!code.isEmpty()) {
      assertThat(routes.refuse("p").code().wireName()).isEqualTo(code);
      assertThat(routes.refuse("p").details())
          .containsEntry("reason", "pii")
          .containsEntry("field", "email");
      assertThat(routes.refuse("p").message()).contains("y", "pii");
    }
  }

  @Test
  void a_validator_that_cannot_be_reached_blocks_unless_it_may_be_ignored() {
    routes.policy("p", ONE + ", 'validators': [{'id': 'y'}]}");
    routes.policy("q", ONE + ", 'validators': [{'id': 'y', 'on_fail': 'warn'}]}");

    assertThat(routes.refuse("p").code()).isEqualTo(RefusalCode.EXTENSION_UNAVAILABLE);
    assertThat(routes.told("q")).isEqualTo("a weighted 50");
  }

  @Test
  void conditions_leave_extensions_out_and_only_validators_are_traced_then() {
    routes.policy(
        "p",
        ONE
            + ", 'pre': [{'id': 'x', 'mode': 'required', 'when': {'tier': 'vip'}}],"
            + " 'validators': [{'id': 'y', 'when': {'tier': 'vip'}}]}");

    assertThat(routes.decide("p", "tier", "free").extensions())
        .containsExactly(new ExtensionTrace(ExtensionType.VALIDATOR, "y", "skipped"));
  }

  @Test
  void a_deadline_is_looked_at_before_and_between() {
    routes
        .policy("p", ONE + ", 'pre': [{'id': 'x'}, {'id': 'x2'}]}")
        .extensions(call -> {
          calls.add(call);
          routes.pass(java.time.Duration.ofMillis(60));
          return ExtensionReply.fine();
        });

    RouteRefusal refusal = routes.refuse("p", "deadline_ms", routes.nowMs() + 50);

    assertThat(refusal.code()).isEqualTo(RefusalCode.DEADLINE_PASSED);
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().remainingMs()).isEqualTo(50);
  }

  @Test
  void only_a_policy_with_extensions_may_block() {
    routes.policy("p", ONE + "}").policy("q", ONE + ", 'post': [{'id': 'z'}]}");

    assertThat(routes.router().mayBlock(RouterFixture.question("p"))).isFalse();
    assertThat(routes.router().mayBlock(RouterFixture.question("q"))).isTrue();
    assertThat(routes.router().mayBlock(RouterFixture.question("none"))).isFalse();
  }
}
