package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.InProcessBus;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.beamline.worker.AssignmentOrder;
import dev.reeve.gateway.beamline.worker.Assignments;
import dev.reeve.gateway.beamline.worker.ExecProblems;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.QuotaUse;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.testing.Await;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Work that is given away with a decision, asked for on the bus.
final class PushedWorkTest {
  private static final String POLICY =
      "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":50},"
          + "{\"name\":\"m2\",\"weight\":50}],"
          + "\"quotas\":[{\"resource\":\"requests\",\"per\":\"tenant\",\"limit\":1000}]}";

  private final BeamlinePorts[] made = new BeamlinePorts[1];
  private final GatewayFixture gateway =
      GatewayFixture.start((services, _) -> {
        made[0] =
            BeamlineFixture.ports(
                services, BeamlineFixture.NONE_BEFORE, ExtensionCaller.NONE, Set.of());
        return List.of(BeamlineDialect.create(services, made[0]));
      });
  private final Bus bus = new InProcessBus(BusLimits.standard());
  private final List<AssignmentOrder> given = new CopyOnWriteArrayList<>();
  private final AtomicBoolean busAway = new AtomicBoolean();
  private final Book book = new Book();
  private RouterBus router = started();

  private RouterBus started() {
    return RouterBus.start(
        bus,
        gateway.gateway().busCalls(),
        new RouteIntake(_ -> true, false, System::nanoTime),
        new RouterLoad(),
        Optional.of(new Kept()),
        InstantSource.system(),
        book);
  }

  /// What outlives a router.
  private static final class Book implements KeptDecisions {
    private final Map<String, KeptDecisions.Kept> kept = new LinkedHashMap<>();
    private final AtomicBoolean diskFull = new AtomicBoolean();

    @Override
    public synchronized List<KeptDecisions.Kept> read() {
      return List.copyOf(kept.values());
    }

    @Override
    public synchronized CompletableFuture<Boolean> keep(KeptDecisions.Kept one) {
      if (diskFull.get()) {
        return CompletableFuture.failedFuture(
            BeamlineProblems.DECISION_NOT_KEPT.because("full").toException());
      }
      kept.put(one.name(), one);
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public synchronized void given(String name, String assignmentId) {
      kept.computeIfPresent(
          name,
          (_, one) ->
              new KeptDecisions.Kept(
                  name, one.key(), one.task(), one.decision(), assignmentId, one.atMs()));
    }
  }

  /// Keeps what it is given.
  private final class Kept implements Assignments {
    @Override
    public Optional<Problem> refusal(String subject, String options) {
      return Optional.empty();
    }

    @Override
    public Optional<Problem> refusal(AssignmentOrder order) {
      return order.choice().expectedLatencyMs() < 1_000
          ? Optional.empty()
          : Optional.of(
              ExecProblems.ASSIGNMENT_INVALID.field("expected_latency_ms", "1000", "less"));
    }

    @Override
    public CompletableFuture<String> push(AssignmentOrder order) {
      given.add(order);
      return busAway.get()
          ? CompletableFuture.failedFuture(
              BusProblems.BUS_UNAVAILABLE.because("away").toException())
          : CompletableFuture.completedFuture("id " + order.cause());
    }
  }

  @BeforeEach
  void policy() {
    made[0]
        .policies()
        .replaceFiles(List.of(RoutePolicyReader.read("p", POLICY).orThrow("p")), Set.of());
  }

  @AfterEach
  void stop() {
    router.close();
    bus.close();
    gateway.close();
  }

  private static String task(String id, String key, String text, String more) {
    return "{\"version\":\"1\",\"request_id\":\""
        + id
        + "\",\"tenant_id\":\"t1\",\"policy_id\":\"p\",\"idempotency_key\":\""
        + key
        + "\",\"task\":{\"type\":\"chat\",\"payload\":{\"text\":\""
        + text
        + "\"}},\"push_assignment\":true"
        + more
        + "}";
  }

  private String ask(String request) {
    return bus.request(BusMessage.of(RouterBus.DECIDE, Bytes.utf8(request)), Duration.ofSeconds(10))
        .join()
        .bytes()
        .utf8();
  }

  @Test
  void a_request_that_comes_again_under_its_key_gets_the_same_decision_and_is_done_once() {
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      answers.add(ask(task("r1", "k1", "good morning", "")));
    }

    assertThat(answers).hasSize(1);
    assertGiven(1);
    assertThat(made[0].router().quotas("t1")).extracting(QuotaUse::used).containsOnly(1.0);
    assertThat(ask(task("r1", "k1", "good evening", ""))).contains("IDEMPOTENCY_VIOLATION");
  }

  @Test
  void requests_at_the_same_time_under_one_key_are_decided_once() {
    List<CompletableFuture<BusMessage>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Bytes request = Bytes.utf8(task("r" + i, "k1", "good morning", ""));
      asked.add(bus.request(BusMessage.of(RouterBus.DECIDE, request), Duration.ofSeconds(10)));
    }

    Set<String> providers = new HashSet<>();
    for (int i = 0; i < asked.size(); i++) {
      String answer = asked.get(i).join().bytes().utf8();
      assertThat(answer).contains("\"request_id\":\"r" + i + "\"");
      providers.add(answer.contains("\"provider_id\":\"m1\"") ? "m1" : "m2");
    }
    assertThat(providers).hasSize(1);
    assertGiven(1);
  }

  @Test
  void work_that_the_bus_did_not_take_is_given_away_when_the_request_comes_again() {
    busAway.set(true);
    ask(task("r1", "k1", "good morning", ""));
    assertGiven(1);
    busAway.set(false);
    ask(task("r1", "k1", "good morning", ""));
    ask(task("r1", "k1", "good morning", ""));

    assertGiven(2);
    assertThat(given).extracting(AssignmentOrder::cause).doesNotContain("");
    assertThat(given.getFirst()).isEqualTo(given.getLast());
  }

  @Test
  void a_repeat_after_a_restart_gets_the_same_decision_and_no_second_worker() {
    Map<String, String> providers = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      String key = "k" + i;
      providers.put(key, provider(ask(task("r1", key, "good morning", ""))));
    }
    assertThat(providers.values()).contains("m1", "m2");
    assertGiven(20);
    router.close();

    router = started();

    providers.forEach((key, provider) ->
        assertThat(provider(ask(task("r2", key, "good morning", "")))).isEqualTo(provider));
    assertGiven(20);
    assertThat(made[0].router().quotas("t1")).extracting(QuotaUse::used).containsOnly(20.0);
    assertThat(ask(task("r3", "k1", "good evening", ""))).contains("IDEMPOTENCY_VIOLATION");
  }

  @Test
  void work_that_was_not_given_away_before_a_restart_is_given_under_the_same_cause() {
    busAway.set(true);
    String first = ask(task("r1", "k1", "good morning", ""));
    assertGiven(1);
    router.close();
    busAway.set(false);

    router = started();
    String second = ask(task("r1", "k1", "good morning", ""));

    assertThat(second).isEqualTo(first);
    assertGiven(2);
    assertThat(given.getFirst()).isEqualTo(given.getLast());
  }

  @Test
  void without_a_disk_no_work_is_given_away_and_the_caller_hears_of_it() {
    book.diskFull.set(true);
    String refused = ask(task("r1", "k1", "good morning", ""));
    book.diskFull.set(false);

    assertThat(refused).contains("service_down", "DECISION_NOT_KEPT");
    assertThat(given).isEmpty();
    assertThat(ask(task("r1", "k1", "good morning", ""))).contains("\"ok\":true");
    assertGiven(1);
  }

  /// Work is given away after the answer.
  private void assertGiven(int count) {
    Await.until(count + " given away", () -> given.size() >= count);
    assertThat(given).hasSize(count);
  }

  private static String provider(String answer) {
    return answer.contains("\"provider_id\":\"m1\"") ? "m1" : "m2";
  }

  @Test
  void work_that_no_worker_may_be_given_is_refused_in_the_answer() {
    String slow = POLICY.replace("\"weight\":50}", "\"weight\":50,\"expected_latency_ms\":1000}");
    made[0]
        .policies()
        .replaceFiles(List.of(RoutePolicyReader.read("p", slow).orThrow("p")), Set.of());

    assertThat(ask(task("r1", "k1", "good morning", "")))
        .contains("\"ok\":false", "invalid_request", "expected_latency_ms");
    assertThat(given).isEmpty();
  }

  @Test
  void a_report_under_the_same_key_is_decided_anew() {
    String first = ask(task("r1", "k1", "good morning", ""));
    String failed = first.contains("\"m1\"") ? "m1" : "m2";
    String report = ",\"context\":{\"status\":\"failed\",\"current_provider\":\"" + failed + "\"}";

    ask(task("r1", "k1", "good morning", report));

    assertGiven(2);
    assertThat(given.getFirst().cause()).isNotEqualTo(given.getLast().cause());
  }

  @Test
  void a_dry_run_gives_no_work_and_takes_no_key_in_any_form() {
    String dry = ",\"dry_run\":true";
    String message =
        "{\"message\":{\"tenant_id\":\"t1\",\"message_type\":\"chat\",\"payload\":\"hi\"},"
            + "\"policy_id\":\"p\",\"push_assignment\":true,\"dry_run\":true}";

    assertThat(ask(task("r1", "k1", "good morning", dry))).contains("\"ok\":true");
    assertThat(ask(message)).contains("\"provider_id\"");

    assertThat(given).isEmpty();
    assertThat(made[0].router().quotas("t1")).extracting(QuotaUse::used).doesNotContain(1.0);
    assertThat(ask(task("r2", "k1", "good evening", ""))).contains("\"ok\":true");
    assertThat(ask(task("r3", "k1", "good morning", dry))).contains("IDEMPOTENCY_VIOLATION");
    assertGiven(1);
  }
}
