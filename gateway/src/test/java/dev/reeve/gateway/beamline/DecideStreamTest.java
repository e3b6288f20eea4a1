package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.InProcessBus;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.beamline.worker.AssignmentOrder;
import dev.reeve.gateway.beamline.worker.Assignments;
import dev.reeve.gateway.beamline.worker.BeamlineWorkerSettings;
import dev.reeve.gateway.beamline.worker.BeamlineWorkers;
import dev.reeve.gateway.beamline.worker.ExecProblems;
import dev.reeve.gateway.beamline.worker.KeptAssignments;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.DeadLetters;
import dev.reeve.service.bus.Delivery;
import dev.reeve.testing.Await;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Decisions that are asked for through a stream.
class DecideStreamTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String REQUEST =
      "{\"version\":\"1\",\"request_id\":\"r1\",\"tenant_id\":\"t1\",\"policy_id\":\"%s\","
          + "\"task\":{\"type\":\"chat\",\"payload\":{\"text\":\"good morning\"}}}";

  @Test
  void requests_of_the_stream_are_answered_where_nobody_names_an_inbox() throws Exception {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    BeamlinePorts[] made = new BeamlinePorts[1];
    try (GatewayFixture gateway =
            GatewayFixture.start((services, _) -> {
              made[0] =
                  BeamlineFixture.ports(
                      services, BeamlineFixture.NONE_BEFORE, ExtensionCaller.NONE, Set.of());
              return List.of(BeamlineDialect.create(services, made[0]));
            });
        Bus bus = new InProcessBus(BusLimits.standard());
        RouterBus router =
            RouterBus.start(
                bus,
                gateway.gateway().busCalls(),
                new RouteIntake(_ -> true, false, System::nanoTime),
                new RouterLoad(),
                Optional.of(new OnlyHere()),
                InstantSource.system(),
                KeptDecisions.NONE);
        BeamlineWorkers workers =
            BeamlineWorkers.start(
                new BeamlineWorkers.Surroundings(
                    bus,
                    gateway.services().workers(),
                    gateway.services().writer()::wake,
                    _ -> {},
                    KeptAssignments.NONE,
                    Duration.ofSeconds(30),
                    System::nanoTime,
                    InstantSource.system(),
                    new SplittableRandom(1)),
                BeamlineWorkerSettings.of("here", "node-1"))) {
      String source = "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":1}]}";
      made[0]
          .policies()
          .replaceFiles(List.of(RoutePolicyReader.read("p", source).orThrow("p")), Set.of());
      bus.subscribe(RouterBus.DECIDE + ".reply", message -> answers.add(message.bytes().utf8()));
      BlockingQueue<BusMessage> dead = new LinkedBlockingQueue<>();
      bus.subscribe(DecideStream.SUBJECT + ".dlq", dead::add);
      router.consume(1, workers.deadLetters(RouterBus.DEAD_LETTERS, RouteIntake::ids));

      for (String policy : List.of("p", "none")) {
        Bytes request = Bytes.utf8(REQUEST.replace("%s", policy));
        Await.until(
            "the stream",
            () ->
                bus.publishDurably(BusMessage.of(DecideStream.SUBJECT, request), policy)
                    .handle((_, failure) -> failure == null)
                    .join());
      }

      assertThat(answers.poll(10, TimeUnit.SECONDS)).contains("\"provider_id\":\"m1\"");
      assertThat(answers.poll(10, TimeUnit.SECONDS)).contains("policy_not_found");

      Bytes elsewhere =
          Bytes.utf8(
              REQUEST
                  .replace("%s", "p")
                  .replace(
                      "\"task\"",
                      "\"push_assignment\":true,\"assignment_subject\":\"caf.>\",\"task\""));
      bus.publishDurably(BusMessage.of(DecideStream.SUBJECT, elsewhere), "elsewhere").join();

      assertThat(answers.poll(10, TimeUnit.SECONDS)).contains("invalid_request", "caf.>");

      Bytes withWork =
          Bytes.utf8(
              REQUEST
                  .replace("%s", "p")
                  .replace(
                      "\"task\"",
                      "\"push_assignment\":true,\"trace_id\":\"" + TRACE + "\",\"task\""));
      bus.publishDurably(BusMessage.of(DecideStream.SUBJECT, withWork), "work").join();

      assertThat(answers.poll(10, TimeUnit.SECONDS)).contains("\"provider_id\":\"m1\"");
      BusMessage letter = dead.poll(10, TimeUnit.SECONDS);
      assertThat(letter.headers())
          .containsEntry(DeadLetters.REASON_HEADER, "validation_failed")
          .containsEntry(DeadLetters.MESSAGE_ID_HEADER, "work")
          .containsEntry("tenant_id", "t1")
          .containsEntry("trace_id", TRACE);
      assertThat(letter.bytes().utf8())
          .contains(
              "\"original_subject\":\"beamline.router.v1.decide.durable\"",
              "\"msg_id\":\"work\"",
              "\"reason\":\"validation_failed\"",
              "\"error_code\":\"VALIDATION_FAILED\"",
              "\"tenant_id\":\"t1\"",
              "\"timestamp\":",
              "\"message\":{\"id\":\"work\"");
    }
  }

  /// Takes no work for other subjects, and finds all other work out of bounds once it is decided.
  private static final class OnlyHere implements Assignments {
    @Override
    public Optional<Problem> refusal(String subject, String options) {
      return subject.isEmpty()
          ? Optional.empty()
          : Optional.of(
              ExecProblems.ASSIGNMENT_INVALID.field("assignment_subject", subject, "none"));
    }

    @Override
    public Optional<Problem> refusal(AssignmentOrder order) {
      return Optional.empty();
    }

    /// With a cause that a repetition has, too.
    @Override
    public CompletableFuture<String> push(AssignmentOrder order) {
      assertThat(order.cause()).startsWith("BEAMLINE_DECIDE:");
      return CompletableFuture.failedFuture(
          ExecProblems.ASSIGNMENT_INVALID.because("no").toException());
    }
  }

  @Test
  void a_request_is_acknowledged_after_its_answer_and_its_work() {
    List<String> told = new ArrayList<>();
    DecideStream stream = new DecideStream(text -> told.add("answer " + text));

    RouterBus.Asked asked = stream.ask(delivery(1, told)).orElseThrow();
    asked.answer("m1");
    told.add("work");
    asked.done();

    assertThat(told).containsExactly("answer m1", "work", "ack");
  }

  @Test
  void a_request_that_comes_again_after_its_answer_gets_the_same_one() {
    List<String> told = new ArrayList<>();
    DecideStream stream = new DecideStream(text -> told.add("answer " + text));
    stream.ask(delivery(1, told)).orElseThrow().answer("m1");
    told.clear();

    Optional<RouterBus.Asked> again = stream.ask(delivery(2, told));

    assertThat(again).isEmpty();
    assertThat(told).containsExactly("answer m1", "ack");
  }

  @Test
  void an_answer_that_cannot_be_sent_is_sent_later() {
    List<String> told = new ArrayList<>();
    AtomicBoolean connected = new AtomicBoolean();
    DecideStream stream = new DecideStream(text -> connected.get() && told.add("answer " + text));

    RouterBus.Asked asked = stream.ask(delivery(1, told)).orElseThrow();
    asked.answer("m1");
    asked.done();
    assertThat(stream.ask(delivery(2, told))).isEmpty();
    connected.set(true);
    assertThat(stream.ask(delivery(3, told))).isEmpty();

    assertThat(told).containsExactly("nak PT1S", "nak PT1S", "answer m1", "ack");
  }

  @Test
  void work_that_could_not_be_given_away_is_given_away_when_the_request_comes_again() {
    List<String> told = new ArrayList<>();
    DecideStream stream = new DecideStream(text -> told.add("answer " + text));
    RouteDecision decision = RouteDecision.newBuilder().setProviderId("m1").build();
    RouterBus.Asked first = stream.ask(delivery(1, told)).orElseThrow();
    first.answer("m1", decision, true);
    first.undone(BusProblems.BUS_UNAVAILABLE.because("gone"));

    RouterBus.Asked second = stream.ask(delivery(2, told)).orElseThrow();
    assertThat(second.decided()).contains(decision);
    assertThat(second.cause()).isEqualTo(first.cause());
    second.answer("m1", decision, true);
    second.done();
    assertThat(stream.ask(delivery(3, told))).isEmpty();

    assertThat(told)
        .containsExactly("answer m1", "nak PT1.01S", "answer m1", "ack", "answer m1", "ack");
  }

  @Test
  void work_that_can_never_be_given_away_is_given_up() {
    List<String> told = new ArrayList<>();
    RouterBus.Asked asked = new DecideStream(told::add).ask(delivery(1, told)).orElseThrow();

    asked.undone(BusProblems.BUS_MESSAGE_TOO_LARGE.because("large"));

    assertThat(told).containsExactly("term");
  }

  @Test
  void the_same_place_of_a_stream_that_was_made_anew_is_another_request() {
    List<String> told = new ArrayList<>();
    DecideStream stream = new DecideStream(told::add);
    stream.ask(delivery(1, told)).orElseThrow().answer("m1");

    assertThat(stream.ask(delivery("BEAMLINE_DECIDE:1@later", 1, told))).isPresent();
  }

  @Test
  void what_fails_for_the_moment_is_given_back_and_nothing_else() {
    List<String> told = new ArrayList<>();
    RouterBus.Asked asked = new DecideStream(told::add).ask(delivery(2, told)).orElseThrow();

    assertThat(asked.isOver(failure("service_down", ""))).isFalse();
    assertThat(asked.isOver(failure("unauthorized", "TENANT_FORBIDDEN"))).isFalse();
    assertThat(asked.isOver(failure("invalid_request", "SCHEMA_VALIDATION_FAILED"))).isTrue();

    assertThat(told).containsExactly("nak PT5.05S", "nak PT5.05S");
  }

  private static RouteFailure failure(String code, String intake) {
    return new RouteFailure(code, "why", Map.of(), intake);
  }

  private static Delivery delivery(int count, List<String> settled) {
    return delivery("BEAMLINE_DECIDE:1@t", count, settled);
  }

  private static Delivery delivery(String identity, int count, List<String> settled) {
    return new Delivery() {
      @Override
      public BusMessage message() {
        return BusMessage.of(DecideStream.SUBJECT, Bytes.EMPTY);
      }

      @Override
      public String stream() {
        return "BEAMLINE_DECIDE";
      }

      @Override
      public long sequence() {
        return 1;
      }

      @Override
      public String identity() {
        return identity;
      }

      @Override
      public int count() {
        return count;
      }

      @Override
      public void ack() {
        settled.add("ack");
      }

      @Override
      public void nak(Duration delay) {
        settled.add("nak " + delay);
      }

      @Override
      public void inProgress() {
        settled.add("in progress");
      }

      @Override
      public void term() {
        settled.add("term");
      }
    };
  }
}
