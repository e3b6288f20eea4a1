package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.routing.RouteQuestion.Mode;
import dev.reeve.testing.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What holds for every policy, question and history.
final class RouterPropertiesTest {
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");
  private static final List<String> STRATEGIES =
      List.of("weighted", "round_robin", "best_score", "latency", "price", "priority", "random");
  private static final List<String> STATUSES = List.of("", "timeout", "5xx", "4xx", "success");

  @Test
  @Seeded
  void the_same_history_gives_the_same_decisions(RandomGenerator random) {
    for (int i = 0; i < 50; i++) {
      long seed = random.nextLong();

      assertThat(history(seed)).isEqualTo(history(seed));
    }
  }

  private static List<String> history(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RouterFixture routes = new RouterFixture().policy("p", policy(random)).draws(random.split());
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      RouteOutcome outcome = routes.ask(question(random));
      told.add(outcome.toString());
      if (outcome instanceof RouteDecision decision && random.nextBoolean()) {
        routes.result(decision, failure(random), random.nextInt(1, 2_000), random.nextDouble());
      }
      routes.pass(Duration.ofMillis(random.nextInt(2_000)));
    }
    return told;
  }

  @Test
  @Seeded
  void a_candidate_that_was_filtered_is_never_picked(RandomGenerator random) {
    for (int i = 0; i < 200; i++) {
      SplittableRandom own = new SplittableRandom(random.nextLong());
      RouterFixture routes = new RouterFixture().policy("p", policy(own)).draws(own.split());
      Set<String> down = new HashSet<>();
      for (String id : IDS) {
        if (own.nextInt(3) == 0) {
          down.add(id);
          routes.router().health(id, false);
        }
      }
      for (int asked = 0; asked < 50; asked++) {
        RouteQuestion question = question(own).withMode(Mode.EXPLAIN);
        if (routes.ask(question) instanceof RouteDecision decision) {
          boolean lastResort = decision.metadata().containsKey("last_resort");
          assertThat(lastResort || !down.contains(decision.providerId()))
              .as("%s", decision)
              .isTrue();
          assertThat(question.constraints().ignore()).doesNotContain(decision.providerId());
          assertThat(decision.expectedLatencyMs())
              .isLessThanOrEqualTo((long) question.constraints().maxLatencyMs());
          if (own.nextBoolean()) {
            routes.result(decision, failure(own), own.nextInt(1, 900), own.nextDouble());
          }
        }
      }
    }
  }

  @Test
  @Seeded
  void a_dry_run_changes_nothing(RandomGenerator random) {
    for (int i = 0; i < 50; i++) {
      SplittableRandom own = new SplittableRandom(random.nextLong());
      String policy = policy(own);
      RouterFixture plain = new RouterFixture().policy("p", policy);
      RouterFixture tried = new RouterFixture().policy("p", policy);
      for (int asked = 0; asked < 30; asked++) {
        RouteQuestion question = question(own);
        long seed = own.nextLong();
        tried.draws(new SplittableRandom(seed + 1)).ask(question.withMode(Mode.DRY_RUN));

        assertThat(tried.draws(new SplittableRandom(seed)).ask(question))
            .isEqualTo(plain.draws(new SplittableRandom(seed)).ask(question));
      }
    }
  }

  @Test
  void many_threads_never_pass_a_limit_nor_break_anything() throws InterruptedException {
    RouterFixture routes =
        new RouterFixture()
            .policy(
                "p",
                "{'weights': {'a': 1, 'b': 2}, 'sticky': {'enabled': true}, 'quotas': [{'limit':"
                    + " 500}], 'circuit_breaker': {'enabled': true}, 'strategy': 'round_robin'}");
    AtomicInteger decided = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(8);
    for (int thread = 0; thread < 8; thread++) {
      long seed = thread;
      Thread.ofVirtual()
          .start(() -> {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 200; i++) {
              RouteOutcome outcome =
                  routes
                      .router()
                      .decide(
                          RouterFixture.question("p", "session_id", "s" + random.nextInt(20)),
                          random,
                          ExtensionCaller.NONE);
              if (outcome instanceof RouteDecision decision) {
                decided.incrementAndGet();
                routes.result(decision, FailureClass.NONE, 5, 0.1);
              }
            }
            done.countDown();
          });
    }
    done.await();

    assertThat(decided).hasValue(500);
  }

  private static String policy(SplittableRandom random) {
    StringJoiner providers = new StringJoiner(",");
    for (String id : IDS.subList(0, random.nextInt(2, IDS.size()))) {
      providers.add(
          "{'name': '%s', 'weight': %d, 'priority': %d, 'expected_latency_ms': %d}"
              .formatted(id, random.nextInt(0, 4), random.nextInt(3), random.nextInt(1, 900)));
    }
    StringJoiner policy = new StringJoiner(",", "{", "}");
    policy.add("'providers': [" + providers + "]");
    policy.add("'strategy': '" + STRATEGIES.get(random.nextInt(STRATEGIES.size())) + "'");
    policy.add("'sticky': {'enabled': " + random.nextBoolean() + ", 'ttl': '5s'}");
    policy.add(
        "'circuit_breaker': {'enabled': "
            + random.nextBoolean()
            + ", 'failure_threshold': 2, 'timeout_ms': 2000}");
    if (random.nextBoolean()) {
      policy.add(
          "'fallbacks': [{'when': {'status': ['timeout', '5xx']}, 'retry': 1, 'to': '"
              + anyId(random)
              + "'}]");
    }
    if (random.nextBoolean()) {
      policy.add("'rules': [{'match': 'tier:vip', 'prefer': ['" + anyId(random) + "']}]");
    }
    if (random.nextInt(4) == 0) {
      policy.add("'last_resort': '" + anyId(random) + "'");
    }
    if (random.nextInt(4) == 0) {
      policy.add("'rate_limit': {'requests_per_second': 2, 'burst': 10}");
    }
    return policy.toString();
  }

  private static RouteQuestion question(SplittableRandom random) {
    Map<String, Object> context = new HashMap<>();
    context.put("session_id", "s" + random.nextInt(3));
    context.put("tier", random.nextBoolean() ? "vip" : "free");
    String status = STATUSES.get(random.nextInt(STATUSES.size()));
    if (!status.isEmpty()) {
      context.put("status", status);
      context.put("current_provider", anyId(random));
      context.put("retry_attempts_used", (long) random.nextInt(3));
    }
    Set<String> ignored = random.nextInt(3) == 0 ? Set.of(anyId(random)) : Set.of();
    double latency = random.nextInt(3) == 0 ? 500 : Double.POSITIVE_INFINITY;
    return RouteQuestion.of(RouterFixture.TENANT, "p", "chat", context)
        .withConstraints(
            new RouteConstraints(latency, Double.POSITIVE_INFINITY, Set.of(), ignored));
  }

  private static String anyId(SplittableRandom random) {
    return IDS.get(random.nextInt(IDS.size()));
  }

  private static FailureClass failure(SplittableRandom random) {
    FailureClass[] all = FailureClass.values();
    return all[random.nextInt(all.length)];
  }
}
