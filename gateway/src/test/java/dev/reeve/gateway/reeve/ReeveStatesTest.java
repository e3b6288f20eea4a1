package dev.reeve.gateway.reeve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.JobEvent;
import dev.reeve.job.Progress;
import dev.reeve.job.StateName;
import dev.reeve.testing.Golden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ReeveStatesTest {
  private static final Content RESULT = Content.of("text/plain", Bytes.utf8("r"));
  private static final long AT = 1_000_000;

  /// Every visible event, in the order of the type.
  private static final List<JobEvent> EVENTS =
      List.of(
          new JobEvent.Waiting(AT, List.of("a", "b")),
          new JobEvent.Held(AT, 0, List.of()),
          new JobEvent.Throttled(AT, 2 * AT, "later"),
          new JobEvent.CompileStarted(AT),
          new JobEvent.Queued(AT, 0, "READY"),
          new JobEvent.Dispatched(AT, new DispatchId(1, 2, 3), "w"),
          new JobEvent.Started(AT),
          new JobEvent.Progressed(AT, new Progress("STEP", 250_000, "a quarter")),
          new JobEvent.Heartbeat(AT, 1, new Progress("STEP", 250_000, "a quarter")),
          new JobEvent.ReviewStarted(AT, RESULT),
          new JobEvent.Completed(AT, RESULT),
          new JobEvent.Denied(AT, "POLICY_DENIED", "no"),
          new JobEvent.Quarantined(AT, "SECRET_FOUND", "held back", RESULT),
          new JobEvent.Failed(AT, "BROKEN", "it broke", true),
          new JobEvent.Cancelled(AT, "me", "not needed"),
          new JobEvent.TimedOut(AT, "DEADLINE_EXCEEDED", "too late"));

  @Test
  void every_state_has_its_word_and_the_word_leads_back() {
    String table =
        Arrays.stream(StateName.values())
            .map(state -> state + " " + ReeveStates.toWire(state) + "\n")
            .collect(Collectors.joining());

    Golden.hold("reeve/states.txt", table);
    for (StateName state : StateName.values()) {
      assertThat(ReeveStates.fromWire(ReeveStates.toWire(state))).contains(state);
    }
  }

  @Test
  void every_visible_event_has_one_form() {
    StringBuilder forms = new StringBuilder();
    long seq = 1;
    for (JobEvent event : EVENTS) {
      long leaf = seq % 2 == 0 ? seq : -1;
      Bytes hash = leaf < 0 ? Bytes.EMPTY : Bytes.hex("ab");
      forms
          .append("== ")
          .append(event.getClass().getSimpleName())
          .append('\n')
          .append(EventEncoder.encode("j", new SequencedEvent(seq++, event, leaf, hash)));
    }

    Golden.hold("reeve/events.txt", forms.toString());
  }
}
