package dev.reeve.gateway.beamline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.gateway.beamline.worker.ExecProblems;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusProblems;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.Delivery;
import dev.reeve.service.bus.StreamSpec;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Requests for decisions that come from a stream: each is acknowledged once it was answered and
/// its work was given away, and given back where another try may end otherwise. One that comes
/// again after its answer gets the same answer, and nothing is decided: at most the work that could
/// not be given away is so now, under the same id. Safe on any thread.
final class DecideStream {
  /// The subject beside the one for requests, which no stream may keep: the broker would answer in
  /// our place.
  static final String SUBJECT = RouterBus.DECIDE + ".durable";

  private static final String STREAM = "BEAMLINE_DECIDE";
  private static final String DEAD_LETTERS = "BEAMLINE_DLQ";
  private static final String DURABLE = "router-decide-consumer";
  private static final int DELIVERIES_MAX = 3;
  private static final int ANSWERS_MAX = 4_096;
  private static final int SPREAD = 21;
  private static final Duration UNSENT_PAUSE = Duration.ofSeconds(1);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));

  /// Failures that are of the moment, or of a tenant that may be served elsewhere.
  private static final Set<String> AGAIN = Set.of("internal", "service_down", "timeout");

  /// Of work that can never be given away.
  private static final Set<ProblemCode> NEVER =
      Set.of(
          ExecProblems.ASSIGNMENT_INVALID,
          BusProblems.BUS_MESSAGE_TOO_LARGE,
          BusProblems.BUS_SUBJECT_INVALID,
          BusProblems.BUS_HEADER_INVALID);

  private static final String OTHER_TENANT = "TENANT_FORBIDDEN";

  private final Predicate<String> reply;

  /// What was answered.
  ///
  /// @param unassigned the decision whose work was not given away so far
  private record Answered(String text, Optional<RouteDecision> unassigned) {}

  /// The newest answers by the request's identity.
  @GuardedBy("this")
  private final Map<String, Answered> answers =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answered> eldest) {
          return size() > ANSWERS_MAX;
        }
      };

  /// @param reply sends an answer; false when it could not be sent
  DecideStream(Predicate<String> reply) {
    this.reply = reply;
  }

  /// The streams that are needed: requests, and those that could not be answered.
  static List<StreamSpec> streams(int replicas) {
    return List.of(
        StreamSpec.of(STREAM, List.of(SUBJECT)).withReplicas(replicas),
        StreamSpec.of(DEAD_LETTERS, List.of(RouterBus.DEAD_LETTERS)).withReplicas(replicas));
  }

  static ConsumerSpec consumer() {
    return ConsumerSpec.of(STREAM, DURABLE, SUBJECT).withDeliveriesMax(DELIVERIES_MAX);
  }

  /// A delivery to decide, or whose work is to be given away; empty when nothing is left to do but
  /// the answer that it had before, which is sent.
  Optional<RouterBus.Asked> ask(Delivery delivery) {
    @Nullable Answered known = known(delivery.identity());
    if (known == null || known.unassigned().isPresent()) {
      return Optional.of(
          new Durable(delivery, known == null ? Optional.empty() : known.unassigned()));
    }
    if (reply.test(known.text())) {
      delivery.ack();
    } else {
      delivery.nak(UNSENT_PAUSE);
    }
    return Optional.empty();
  }

  private synchronized @Nullable Answered known(String identity) {
    return answers.get(identity);
  }

  private synchronized void remember(String identity, Answered answer) {
    answers.put(identity, answer);
  }

  private synchronized void assigned(String identity) {
    answers.computeIfPresent(identity, (_, known) -> new Answered(known.text(), Optional.empty()));
  }

  /// One of them under way.
  private final class Durable implements RouterBus.Asked {
    private final Delivery delivery;
    private final Optional<RouteDecision> decided;

    /// Set before the end of the same delivery, by one thread after the other.
    private volatile boolean unsent;

    private Durable(Delivery delivery, Optional<RouteDecision> decided) {
      this.delivery = delivery;
      this.decided = decided;
    }

    @Override
    public BusMessage message() {
      return delivery.message();
    }

    @Override
    public boolean isOver(RouteFailure failure) {
      boolean again = AGAIN.contains(failure.code()) || failure.intakeCode().equals(OTHER_TENANT);
      if (again) {
        delivery.nak(pause(delivery));
      }
      return !again;
    }

    /// Up to a fifth longer, by its place in the stream, so that not all come back at once.
    private static Duration pause(Delivery delivery) {
      long base = PAUSES.get(Math.clamp(delivery.count(), 1, PAUSES.size()) - 1).toMillis();
      return Duration.ofMillis(base + base * Math.floorMod(delivery.sequence(), SPREAD) / 100);
    }

    @Override
    public Optional<RouteDecision> decided() {
      return decided;
    }

    @Override
    public void answer(String text) {
      answer(text, Optional.empty());
    }

    @Override
    public void answer(String text, RouteDecision decision, boolean hasWork) {
      answer(text, hasWork ? Optional.of(decision) : Optional.empty());
    }

    private void answer(String text, Optional<RouteDecision> unassigned) {
      remember(delivery.identity(), new Answered(text, unassigned));
      unsent = !reply.test(text);
    }

    @Override
    public String cause() {
      return delivery.identity();
    }

    @Override
    public void undone(Problem problem) {
      if (NEVER.contains(problem.code())) {
        delivery.term();
      } else {
        delivery.nak(pause(delivery));
      }
    }

    @Override
    public void done() {
      assigned(delivery.identity());
      if (unsent) {
        delivery.nak(UNSENT_PAUSE);
      } else {
        delivery.ack();
      }
    }
  }
}
