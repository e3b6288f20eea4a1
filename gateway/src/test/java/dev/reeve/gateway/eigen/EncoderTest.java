package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.job.Content;
import dev.reeve.job.DispatchId;
import dev.reeve.job.JobEvent;
import dev.reeve.job.Progress;
import dev.reeve.job.StateName;
import dev.reeve.testing.Golden;
import dev.reeve.wire.eigen.api.v1.JobState;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// What each state and each event looks like under each name.
final class EncoderTest {
  private static final long AT = 1_767_323_045_000_000L;
  private static final Content RESULT = Content.of("application/json", Bytes.utf8("{}"));
  private static final Progress HALF = new Progress("EXECUTING", 500_000, "half way");

  private static final List<JobEvent> VISIBLE =
      List.of(
          new JobEvent.Waiting(AT, List.of("a", "b")),
          new JobEvent.Held(AT, 0, List.of()),
          new JobEvent.Throttled(AT, AT + 1, "not now"),
          new JobEvent.CompileStarted(AT),
          new JobEvent.Queued(AT, 0, "READY"),
          new JobEvent.Dispatched(AT, new DispatchId(1, 2, 3), "builtin:sim"),
          new JobEvent.Started(AT),
          new JobEvent.Progressed(AT, HALF),
          new JobEvent.Progressed(AT, new Progress("", Progress.WHOLE, "")),
          new JobEvent.Heartbeat(AT, 2, HALF),
          new JobEvent.ReviewStarted(AT, RESULT),
          new JobEvent.Completed(AT, RESULT),
          new JobEvent.Denied(AT, "POLICY_DENIED", "no"),
          new JobEvent.Denied(AT, "APPROVAL_REJECTED", "not today"),
          new JobEvent.Quarantined(AT, "PII", "held back", RESULT),
          new JobEvent.Failed(AT, "VALIDATION_FAILED", "1:1: no", false),
          new JobEvent.Failed(AT, "EXECUTOR_DEFECT", "it was logged", true),
          new JobEvent.Failed(AT, "INTERRUPTED_TOO_OFTEN", "16 times", true),
          new JobEvent.Cancelled(AT, "ann", ""),
          new JobEvent.TimedOut(AT, "DEADLINE_EXCEEDED", "the deadline passed"));

  @Test
  void a_held_output_says_its_code_once() {
    assertThat(Ending.quarantined("OUTPUT_QUARANTINED", "keys").line())
        .isEqualTo("OUTPUT_QUARANTINED: keys");
    assertThat(Ending.quarantined("PII", "held back").line())
        .isEqualTo("OUTPUT_QUARANTINED: PII: held back");
  }

  @Test
  void every_state_has_one_form_under_each_name() {
    StringBuilder table = new StringBuilder();

    for (StateName state : StateName.values()) {
      ClientState seed = ClientState.of(state, EigenProfile.SEED);
      ClientState later = ClientState.of(state, EigenProfile.LATER);
      table.append(
          "%-17s seed %d %-9s later %d %-9s kernel %d later kernel %d stage %s%n"
              .formatted(
                  state,
                  seed.number(),
                  seed,
                  later.number(),
                  JobState.forNumber(later.number()).name().substring("JOB_STATE_".length()),
                  ClientState.of(state, EigenProfile.KERNEL_SEED).number(),
                  KernelCodec.state(ClientState.of(state, EigenProfile.KERNEL_LATER)).getNumber(),
                  ClientState.stage(state)));
      assertThat(seed).isNotEqualTo(ClientState.PENDING);
    }

    Golden.hold("eigen-states.txt", table.toString());
  }

  @Test
  void every_visible_event_has_one_form_under_each_name() {
    StringBuilder table = new StringBuilder();

    for (JobEvent event : VISIBLE) {
      SequencedEvent sequenced = new SequencedEvent(7, event, -1, Bytes.EMPTY);
      UpdateView seed = new EigenEncoder(EigenProfile.SEED).update("job-1", sequenced);
      UpdateView later = new EigenEncoder(EigenProfile.LATER).update("job-1", sequenced);
      table.append(
          String.format(
              Locale.ROOT,
              "%s | seed %s later %s | %s | %.2f | %s | %s%n",
              event.getClass().getSimpleName(),
              seed.state(),
              later.state(),
              later.stage(),
              later.progress(),
              later.message(),
              Bytes.wrap(PublicCodec.update(later).toByteArray()).hex()));
    }

    Golden.hold("eigen-events.txt", table.toString());
  }

  @Test
  void an_internal_fact_has_no_form() {
    SequencedEvent fact =
        new SequencedEvent(1, new JobEvent.Interrupted(AT, "drain"), -1, Bytes.EMPTY);

    assertThatThrownBy(() -> new EigenEncoder(EigenProfile.SEED).update("job-1", fact))
        .isInstanceOf(IllegalStateException.class);
  }
}
