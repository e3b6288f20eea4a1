package dev.reeve.gateway.beamline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.Delivery;
import dev.reeve.service.bus.StreamSpec;
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
/// again after its answer gets the same answer, and nothing is decided. Safe on any thread.
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

  private static final String OTHER_TENANT = "TENANT_FORBIDDEN";

  private final Predicate<String> reply;

  /// The newest answers by place in the stream.
  @GuardedBy("this")
  private final Map<Long, String> answers =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
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
        StreamSpec.of(DEAD_LETTERS, List.of(SUBJECT + ".dlq")).withReplicas(replicas));
  }

  static ConsumerSpec consumer() {
    return ConsumerSpec.of(STREAM, DURABLE, SUBJECT).withDeliveriesMax(DELIVERIES_MAX);
  }

  /// A delivery to decide; empty when it was answered before and is so again.
  Optional<RouterBus.Asked> ask(Delivery delivery) {
    @Nullable String known = known(delivery.sequence());
    if (known == null) {
      return Optional.of(new Durable(delivery));
    }
    if (reply.test(known)) {
      delivery.ack();
    } else {
      delivery.nak(UNSENT_PAUSE);
    }
    return Optional.empty();
  }

  private synchronized @Nullable String known(long sequence) {
    return answers.get(sequence);
  }

  private synchronized void remember(long sequence, String answer) {
    answers.put(sequence, answer);
  }

  /// One of them under way.
  private final class Durable implements RouterBus.Asked {
    private final Delivery delivery;

    /// Set before the end of the same delivery, by one thread after the other.
    private volatile boolean unsent;

    private Durable(Delivery delivery) {
      this.delivery = delivery;
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
    public void answer(String text) {
      remember(delivery.sequence(), text);
      unsent = !reply.test(text);
    }

    @Override
    public void done() {
      if (unsent) {
        delivery.nak(UNSENT_PAUSE);
      } else {
        delivery.ack();
      }
    }
  }
}
