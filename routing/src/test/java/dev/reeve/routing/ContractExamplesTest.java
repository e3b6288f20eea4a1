package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The policies that the contract gives as examples, with exactly its results.
final class ContractExamplesTest {
  private static final String CHAT_DEFAULT =
      """
      {'version': '1.0',
       'providers': [{'name': 'gold', 'weight': 80}, {'name': 'silver', 'weight': 20}],
       'sticky': {'enabled': true, 'session_key': 'user_id', 'ttl': '10m'},
       'fallbacks': [{'when': {'status': ['timeout', '5xx']}, 'retry': 1,
                      'backoff': {'strategy': 'fixed', 'base_ms': 50, 'jitter': false},
                      'to': 'silver'}]}
      """;
  private static final String EU_ONLY =
      """
      {'version': '1.0',
       'providers': [{'name': 'us', 'weight': 0}, {'name': 'eu', 'weight': 0}],
       'fallbacks': [{'when': {'==': [{'var': 'context.region'}, 'eu']}, 'retry': 0, 'to': 'eu'}]}
      """;
  private static final String GUARDED =
      """
      {'version': '1.0',
       'providers': [{'name': 'm1', 'weight': 100}],
       'validators': [{'id': 'pii_guard', 'on_fail': 'block'}],
       'circuit_breaker': {'enabled': true},
       'fallback': {'provider': 'm2'}}
      """;

  private final RouterFixture routes = new RouterFixture();

  @Test
  void chat_default_draws_then_sticks_then_retries_then_falls_back() {
    routes.policy("chat_default", CHAT_DEFAULT).draws(0.1);

    assertThat(routes.told("chat_default", "user_id", "u1")).isEqualTo("gold weighted 50");
    assertThat(routes.told("chat_default", "user_id", "u1")).isEqualTo("gold sticky 100");

    RouteDecision retry =
        routes.decide(
            "chat_default",
            "user_id",
            "u1",
            "status",
            "timeout",
            "current_provider",
            "gold",
            "retry_attempts_used",
            0L);
    assertThat(retry.providerId()).isEqualTo("gold");
    assertThat(retry.reason()).isEqualTo(RouteReason.RETRY);
    assertThat(retry.priority()).isEqualTo(50);
    assertThat(retry.retry()).contains(new RetryAdvice(1, 1, 50));
    assertThat(retry.metadata())
        .containsEntry("retry_attempt", "1")
        .containsEntry("retry_max", "1")
        .containsEntry("backoff_ms", "50");

    RouteDecision fallback =
        routes.decide(
            "chat_default",
            "user_id",
            "u1",
            "status",
            "timeout",
            "current_provider",
            "gold",
            "retry_attempts_used",
            1L);
    assertThat(fallback.providerId()).isEqualTo("silver");
    assertThat(fallback.reason()).isEqualTo(RouteReason.FALLBACK);
    assertThat(fallback.priority()).isEqualTo(25);
    assertThat(fallback.fallbackUsed()).isTrue();
  }

  @Test
  void eu_only_goes_by_its_rule_and_fails_elsewhere() {
    routes.policy("eu_only", EU_ONLY);

    assertThat(routes.told("eu_only", "region", "eu")).isEqualTo("eu fallback 25");
    RouteRefusal refusal = routes.refuse("eu_only", "region", "us");
    assertThat(refusal.code().wireName()).isEqualTo("decision_failed");
    assertThat(refusal.code().reason()).isEqualTo("no_provider_available");
  }

  @Test
  void guarded_blocks_falls_back_or_draws() {
    routes.policy("guarded", GUARDED).extensions(_ -> ExtensionReply.fine());

    assertThat(routes.told("guarded")).isEqualTo("m1 weighted 50");
    routes.extensions(_ ->
        new ExtensionReply.Answered(
            java.util.Optional.empty(), java.util.Map.of(), true, "pii", java.util.Map.of()));
    RouteRefusal refusal = routes.refuse("guarded");
    assertThat(refusal.code()).isEqualTo(RefusalCode.VALIDATOR_BLOCKED);
    assertThat(refusal.details()).containsEntry("extension_id", "pii_guard");

    routes.extensions(_ -> ExtensionReply.fine());
    routes.fail("guarded", 5);
    assertThat(routes.told("guarded")).isEqualTo("m2 fallback 25");
  }
}
