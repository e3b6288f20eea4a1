package dev.reeve.bench;

import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.FailureClass;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.RouteConstraints;
import dev.reeve.routing.RouteDecision;
import dev.reeve.routing.RouteOutcome;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.routing.RouteRefusal;
import dev.reeve.routing.RouteResult;
import dev.reeve.routing.RoutingSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/// How long a decision of the router takes in process, on one core, with 100 providers.
final class RouteScenario implements Scenario {
  private static final int PROVIDERS = 100;
  private static final int SESSIONS = 10_000;
  private static final String TENANT = "acme";
  private static final double WARM_UP_SECONDS = 2;
  private static final double SECONDS = 2;

  @Override
  public String name() {
    return "route";
  }

  @Override
  public void run(Report report) {
    measure(report, "weighted", "", RouteConstraints.NONE);
    measure(report, "sticky", "'sticky': {'enabled': true, 'ttl': '10m'},", RouteConstraints.NONE);
    measure(
        report,
        "breakers",
        "'circuit_breaker': {'enabled': true, 'failure_threshold': 1},",
        RouteConstraints.NONE);
    measure(report, "constrained", "", RouteConstraints.atMost(400, 1));
    measure(report, "best_score", "'strategy': 'best_score',", RouteConstraints.NONE);
  }

  private void measure(Report report, String part, String more, RouteConstraints constraints) {
    String name = name() + ".in_process." + part;
    if (!report.wants(name)) {
      return;
    }
    PolicyRouter router = router(more);
    RandomGenerator random = new SplittableRandom(1);
    RouteQuestion[] questions = questions(constraints);
    CoreTime.Work work =
        round -> provider(router.decide(questions[round % SESSIONS], random, ExtensionCaller.NONE));
    double _ = CoreTime.nanosPerRound(work, WARM_UP_SECONDS);
    report.add(Figure.of(name, CoreTime.nanosPerRound(work, SECONDS) / 1e3, "us"));
    long[] each = CoreTime.nanosOfEach(work, 200_000);
    report.add(Figure.of(name + ".p50", each[each.length / 2] / 1e3, "us"));
    report.add(Figure.of(name + ".p99", each[each.length * 99 / 100] / 1e3, "us"));
  }

  private static int provider(RouteOutcome outcome) {
    return switch (outcome) {
      case RouteDecision decision -> decision.providerId().length();
      case RouteRefusal refusal -> throw new IllegalStateException(refusal.message());
    };
  }

  private static RouteQuestion[] questions(RouteConstraints constraints) {
    RouteQuestion[] questions = new RouteQuestion[SESSIONS];
    for (int i = 0; i < SESSIONS; i++) {
      questions[i] =
          RouteQuestion.of(
                  TENANT,
                  "p",
                  "chat",
                  Map.of("session_id", "session-" + i, "user_id", "u" + i % 100, "region", "eu"))
              .withConstraints(constraints);
    }
    return questions;
  }

  /// Every provider has results; with breakers, those of every tenth are open.
  private static PolicyRouter router(String more) {
    StringJoiner providers = new StringJoiner(",");
    for (int i = 0; i < PROVIDERS; i++) {
      providers.add("{'name': 'provider:" + i + "', 'weight': " + (i % 10 + 1) + "}");
    }
    String policy = "{" + more + "'providers': [" + providers + "]}";
    PolicyRouter router =
        new PolicyRouter(RoutingSettings.DEFAULTS, InstantSource.system(), System::nanoTime);
    router.use(
        router
            .policies()
            .put(RoutePolicyReader.read("p", policy.replace('\'', '"')).orThrow("p"), 0, "bench"));
    for (int i = 0; i < PROVIDERS; i++) {
      FailureClass failure = i % 10 == 0 ? FailureClass.TIMEOUT : FailureClass.NONE;
      router.observe(
          new RouteResult(
              TENANT,
              "p",
              1,
              "provider:" + i,
              "chat",
              "",
              "",
              failure,
              100 + 5 * i,
              0.001 * i,
              0,
              0,
              0));
    }
    return router;
  }
}
