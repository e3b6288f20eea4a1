package dev.reeve.routing;

import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A router on a clock that tests move, with draws that tests choose.
final class RouterFixture {
  static final String TENANT = "acme";

  private final FakeClock clock = new FakeClock();
  private final PolicyRouter router;
  private RandomGenerator random = new SplittableRandom(1);
  private ExtensionCaller extensions = ExtensionCaller.NONE;

  RouterFixture() {
    this(RoutingSettings.DEFAULTS);
  }

  RouterFixture(RoutingSettings settings) {
    router = new PolicyRouter(settings, clock, clock.monotonic());
  }

  PolicyRouter router() {
    return router;
  }

  /// Puts a policy; single quotes stand for double ones.
  RouterFixture policy(String id, String json) {
    RoutePolicy policy = policyOf(id, json);
    router.use(router.policies().put(policy, clock.millis(), "test"));
    return this;
  }

  static RoutePolicy policyOf(String id, String json) {
    return RoutePolicyReader.read(id, json.replace('\'', '"')).orThrow(id);
  }

  RouterFixture draws(double each) {
    return draws(constant(each));
  }

  RouterFixture draws(RandomGenerator generator) {
    random = generator;
    return this;
  }

  RouterFixture extensions(ExtensionCaller caller) {
    extensions = caller;
    return this;
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  long nowMs() {
    return clock.millis();
  }

  /// Asks with a context of names and values in turn.
  RouteOutcome ask(String policyId, Object... context) {
    return ask(question(policyId, context));
  }

  RouteOutcome ask(RouteQuestion question) {
    return router.decide(question, random, extensions);
  }

  RouteDecision decide(String policyId, Object... context) {
    return decide(question(policyId, context));
  }

  RouteDecision decide(RouteQuestion question) {
    return switch (ask(question)) {
      case RouteDecision decision -> decision;
      case RouteRefusal refusal -> throw new AssertionError("refused: " + refusal);
    };
  }

  RouteRefusal refuse(String policyId, Object... context) {
    return refuse(question(policyId, context));
  }

  RouteRefusal refuse(RouteQuestion question) {
    return switch (ask(question)) {
      case RouteDecision decision -> throw new AssertionError("decided: " + decision);
      case RouteRefusal refusal -> refusal;
    };
  }

  static RouteQuestion question(String policyId, Object... context) {
    Map<String, Object> named = new HashMap<>();
    for (int i = 0; i < context.length; i += 2) {
      named.put((String) context[i], context[i + 1]);
    }
    return RouteQuestion.of(TENANT, policyId, "chat", named);
  }

  /// Says how a decided call went.
  void result(RouteDecision decision, FailureClass failure, long latencyMs, double cost) {
    router.observe(RouteResult.of(TENANT, decision, "chat", failure, latencyMs, cost));
  }

  /// Lets so many calls of a policy's only provider fail.
  void fail(String policyId, int times) {
    for (int i = 0; i < times; i++) {
      result(decide(policyId), FailureClass.SERVER_ERROR, 10, 0);
    }
  }

  /// "provider reason priority", what most tests look at.
  String told(String policyId, Object... context) {
    return switch (ask(policyId, context)) {
      case RouteDecision decision ->
          decision.providerId() + " " + decision.reason().wireName() + " " + decision.priority();
      case RouteRefusal refusal -> refusal.code().wireName();
    };
  }

  List<BreakerView> breakers() {
    return router.breakers(TENANT);
  }

  private static RandomGenerator constant(double each) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return (long) (each * (1L << 53)) << 11;
      }

      @Override
      public double nextDouble() {
        return each;
      }
    };
  }
}
