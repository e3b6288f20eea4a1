package dev.reeve.job;

import static dev.reeve.job.JobSamples.NOW;
import static dev.reeve.job.JobSamples.RESULT;
import static dev.reeve.job.JobSamples.after;
import static dev.reeve.job.JobSamples.dispatched;
import static dev.reeve.job.JobSamples.queued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.testing.Golden;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutcomeCodecTest {
  private static final Admission ADMISSION =
      JobSamples.admission(Verdict.Decision.ALLOW, List.of("p1", "p2"), JobSamples.LIMITS);

  @Test
  void every_end_has_a_stored_form_and_stored_forms_never_change() {
    JobEvent progress = new JobEvent.Progressed(NOW, new Progress("SAVING", 990_000, "nearly"));
    List<Job> ends =
        List.of(
            after(queued(), dispatched(1), progress, new JobEvent.Completed(NOW, RESULT)),
            after(new JobEvent.Denied(NOW, "POLICY_DENIED", "no")),
            after(
                queued(),
                dispatched(1),
                new JobEvent.Quarantined(NOW, "PII_FOUND", "held back", RESULT)),
            after(queued(), dispatched(1), new JobEvent.Failed(NOW, "EXIT_1", "it broke", true)),
            after(queued(), new JobEvent.Cancelled(NOW, "ada", "")),
            after(queued(), new JobEvent.TimedOut(NOW, "DEADLINE_EXCEEDED", "too late")),
            after(
                queued(),
                dispatched(1),
                new JobEvent.Failed(NOW, "E_FATAL", "beyond repair", false, true)));
    Set<StateName> covered = EnumSet.noneOf(StateName.class);
    ends.forEach(end -> covered.add(end.state().name()));

    assertThat(covered).isEqualTo(EnumSet.range(StateName.COMPLETED, StateName.TIMED_OUT));
    Golden.holdAppendOnly(
        "outcomes.txt", ends.stream().map(end -> OutcomeCodec.write(end).utf8()).toList());
    for (Job end : ends) {
      Bytes stored = OutcomeCodec.write(end);
      assertThat(OutcomeCodec.read(end.jobNo(), ADMISSION, stored)).isEqualTo(end);
    }
  }

  @Test
  void random_ends_read_back_equal() {
    RandomValues values = new RandomValues(new Random(13));
    for (int i = 0; i < 2_000; i++) {
      Admission admission = values.admission();
      Job end = values.finishedJob(admission);
      Bytes stored = OutcomeCodec.write(end);

      Job read = OutcomeCodec.read(end.jobNo(), admission, stored);

      assertThat(read).as(stored.utf8()).isEqualTo(end);
      assertThat(OutcomeCodec.write(read)).isEqualTo(stored);
    }
  }

  @Test
  void an_unfinished_job_has_no_outcome() {
    assertThatThrownBy(() -> OutcomeCodec.write(after(queued())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("job 7 is not finished");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"attempts\":1,\"event_seq\":1,\"state\":\"CANCELLED\",\"updated_at\":1,\"v\":1}",
        "{\"attempts\":1,\"by\":\"a\",\"event_seq\":1,\"state\":\"CANCELLED\",\"updated_at\":1,"
            + "\"v\":4}",
        "{\"attempts\":1,\"by\":\"a\",\"event_seq\":1,\"state\":\"QUEUED\",\"updated_at\":1,"
            + "\"v\":1}",
        "{\"attempts\":1,\"by\":\"a\",\"event_seq\":1,\"state\":\"GONE\",\"updated_at\":1,\"v\":1}",
        "{\"attempts\":4294967297,\"by\":\"a\",\"event_seq\":1,\"state\":\"CANCELLED\","
            + "\"updated_at\":1,\"v\":1}",
        "{\"attempts\":1,\"event_seq\":1,\"state\":\"COMPLETED\",\"updated_at\":1,\"v\":1}"
      })
  void what_no_writer_of_ours_wrote_is_refused(String document) {
    assertThatThrownBy(() -> OutcomeCodec.read(1, ADMISSION, Bytes.utf8(document)))
        .isInstanceOf(CanonicalFormatException.class);
  }
}
