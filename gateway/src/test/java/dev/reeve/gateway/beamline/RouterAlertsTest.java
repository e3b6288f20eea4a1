package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.InProcessBus;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.FailureClass;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.routing.RouteResult;
import dev.reeve.routing.RoutingSettings;
import dev.reeve.service.bus.Bus;
import dev.reeve.testing.Await;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What operators are told on the bus, on a clock that the test moves.
final class RouterAlertsTest {
  private static final String POLICY =
      "{\"providers\":[{\"name\":\"m1\",\"weight\":1}],\"circuit_breaker\":{\"enabled\":true,"
          + "\"failure_threshold\":2,\"timeout_ms\":60000},"
          + "\"quotas\":[{\"per\":\"tenant\",\"limit\":1}]}";

  private final FakeClock clock = new FakeClock();
  private final Bus bus = new InProcessBus(BusLimits.standard());
  private final PolicyRouter router =
      new PolicyRouter(RoutingSettings.DEFAULTS, clock, clock.monotonic());
  private final Set<String> subjects = new java.util.concurrent.ConcurrentSkipListSet<>();
  private final RouterAlerts alerts =
      new RouterAlerts(
          bus,
          router,
          () -> Set.copyOf(subjects),
          clock,
          new SplittableRandom(1),
          clock.monotonic(),
          new RouterFigures());
  private final List<String> heard = new CopyOnWriteArrayList<>();

  RouterAlertsTest() {
    for (String severity : List.of("critical", "warning", "info")) {
      bus.subscribe(
          "beamline.alert.v1." + severity,
          message -> heard.add(severity + " " + message.bytes().utf8()));
    }
    router.use(router.policies().put(RoutePolicyReader.read("p", POLICY).orThrow("p"), 0, "test"));
    router.watch(alerts::refused);
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  private void ask(String tenant) {
    var _ =
        router.decide(
            RouteQuestion.of(tenant, "p", "chat", Map.of()),
            new SplittableRandom(1),
            ExtensionCaller.NONE);
  }

  private JsonObject alert(int index, String severity) {
    Await.until("alert " + index, () -> heard.size() > index);
    assertThat(heard.get(index)).startsWith(severity + " ");
    return JsonParser.parseString(heard.get(index).substring(severity.length() + 1))
        .getAsJsonObject();
  }

  @Test
  void a_quota_that_is_used_up_is_told_once_a_minute_for_each_tenant() {
    for (int i = 0; i < 5; i++) {
      ask("acme");
    }
    ask("umbrella");
    ask("umbrella");

    JsonObject first = alert(0, "warning");
    assertThat(first.keySet())
        .containsExactly("alert_id", "severity", "component", "message", "timestamp", "metadata");
    assertThat(first.get("severity").getAsString()).isEqualTo("warning");
    assertThat(first.getAsJsonObject("metadata").get("tenant_id").getAsString()).isEqualTo("acme");
    assertThat(alert(1, "warning").getAsJsonObject("metadata").get("tenant_id").getAsString())
        .isEqualTo("umbrella");
    clock.advance(Duration.ofMinutes(1));
    ask("acme");
    assertThat(alert(2, "warning").getAsJsonObject("metadata").get("tenant_id").getAsString())
        .isEqualTo("acme");
    assertThat(heard).hasSize(3);
  }

  @Test
  void a_breaker_that_opens_is_told() {
    alerts.look();
    for (int i = 0; i < 2; i++) {
      router.observe(
          new RouteResult(
              "acme", "p", 1, "m1", "chat", "", "", FailureClass.TIMEOUT, 10, 0, 0, 0, 0));
    }
    alerts.look();
    alerts.look();

    JsonObject told = alert(0, "warning");
    assertThat(told.get("message").getAsString()).contains("m1");
    assertThat(told.getAsJsonObject("metadata").get("reason").getAsString()).isEqualTo("failures");
  }

  @Test
  void workers_that_are_all_gone_are_told() {
    subjects.add("caf.exec.assign.v1");
    alerts.look();
    subjects.clear();
    alerts.look();

    assertThat(alert(0, "critical").get("message").getAsString()).contains("caf.exec.assign.v1");
  }

  @Test
  void a_flood_of_alerts_is_bounded() {
    for (int i = 0; i < 500; i++) {
      ask("t" + i);
      ask("t" + i);
    }

    alert(59, "warning");
    assertThat(heard).hasSize(60);
  }
}
