package dev.reeve.gateway.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.service.decider.DeciderAnswer;
import dev.reeve.service.decider.OutputAnswer;
import dev.reeve.service.decider.OutputAnswer.Action;
import dev.reeve.service.decider.OutputAnswer.Cut;
import dev.reeve.service.decider.OutputQuestion;
import dev.reeve.wire.cordum.v1.OutputCheckRequest;
import dev.reeve.wire.cordum.v1.OutputCheckResponse;
import dev.reeve.wire.cordum.v1.OutputDecision;
import dev.reeve.wire.cordum.v1.OutputFinding;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputPolicyClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int CAP = OutputPolicyClient.CONTENT_BYTES_MAX;

  private final FakeDecider policy = FakeDecider.start();
  private final OutputPolicyClient client = OutputPolicyClient.connect(policy.target(), LONG, LONG);

  @AfterEach
  void stop() {
    client.close();
    policy.close();
  }

  @Test
  void the_first_question_tells_all_but_the_content() {
    client.checkMetadata(question(Bytes.utf8("secret"), false));

    OutputCheckRequest asked = policy.outputAsked.getFirst();
    assertThat(asked.getJobId()).isEqualTo("job-1");
    assertThat(asked.getTopic()).isEqualTo("job.a");
    assertThat(asked.getTenant()).isEqualTo("acme");
    assertThat(asked.getLabelsMap()).containsEntry("env", "prod");
    assertThat(asked.getCapabilitiesList()).containsExactly("net");
    assertThat(asked.getRiskTagsList()).containsExactly("prod");
    assertThat(asked.getPrincipalId()).isEqualTo("alice");
    assertThat(asked.getContentType()).isEqualTo("text/plain");
    assertThat(asked.getOutputSizeBytes()).isEqualTo(6);
    assertThat(asked.getContentHash())
        .isEqualTo("sha256:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b");
    assertThat(asked.getOutputContent().isEmpty()).isTrue();
    assertThat(asked.getResultPtr()).isEmpty();
  }

  @Test
  void content_over_two_mebibytes_is_cut_and_the_true_size_told() {
    client.checkContent(question(Bytes.wrap(new byte[CAP + 1]), false));

    OutputCheckRequest asked = policy.outputAsked.getFirst();
    assertThat(asked.getOutputContent().size()).isEqualTo(CAP);
    assertThat(asked.getOutputSizeBytes()).isEqualTo(CAP + 1);
  }

  @Test
  void the_words_of_an_error_are_sent_as_such() {
    client.checkContent(question(Bytes.utf8("it broke"), true));

    OutputCheckRequest asked = policy.outputAsked.getFirst();
    assertThat(asked.getErrorMessage()).isEqualTo("it broke");
    assertThat(asked.getErrorCode()).isNotEmpty();
    assertThat(asked.getOutputContent().isEmpty()).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"0, ALLOW", "1, QUARANTINE", "2, REDACT", "7, QUARANTINE"})
  void what_is_not_understood_is_held_back(int said, Action read) {
    policy.answers(
        OutputCheckResponse.newBuilder()
            .setDecisionValue(said)
            .setRuleId("r")
            .setReason("because")
            .setPolicySnapshot("v1")
            .build());

    assertThat(decided(content("text")))
        .isEqualTo(new OutputAnswer(read, "r", "because", "v1", List.of()));
  }

  @ParameterizedTest(name = "{0}+{1} of 10 bytes: {2}")
  @CsvSource({
    "2, 3, 1",
    "0, 10, 1",
    "7, 4, 0",
    "-1, 3, 0",
    "2, 0, 0",
    "11, 1, 0",
    "4, 9223372036854775807, 0",
  })
  void a_place_outside_of_the_content_leaves_no_range_to_trust(
      long offset, long length, int ranges) {
    policy.answers(
        redact()
            .addFindings(OutputFinding.newBuilder().setOffset(offset).setLength(length))
            .build());

    List<Cut> cuts = decided(content("0123456789")).cuts();

    assertThat(cuts).hasSize(ranges);
    assertThat(cuts)
        .allSatisfy(
            cut -> assertThat(cut).isEqualTo(new Cut((int) offset, (int) (offset + length))));
  }

  @Test
  void a_redaction_of_a_content_that_was_cut_is_held_back() {
    policy.answers(redact().setReason("mail").build());

    OutputAnswer answer =
        decided(client.checkContent(question(Bytes.wrap(new byte[CAP + 1]), false)));

    assertThat(answer.action()).isEqualTo(Action.QUARANTINE);
    assertThat(answer.reason()).isEqualTo("content_truncated: mail");
  }

  @Test
  void a_question_that_is_refused_is_held_back_and_an_outage_is_none() {
    policy.fails(Status.INVALID_ARGUMENT);
    assertThat(decided(content("x")).action()).isEqualTo(Action.QUARANTINE);

    policy.fails(Status.INTERNAL);
    assertThat(content("x")).isInstanceOf(DeciderAnswer.Outage.class);
  }

  @Test
  void each_phase_has_its_own_time_limit() {
    policy.isSilent();
    try (OutputPolicyClient hasty =
        OutputPolicyClient.connect(policy.target(), Duration.ofMillis(100), LONG)) {
      assertThat(hasty.checkMetadata(question(Bytes.EMPTY, false)))
          .isInstanceOf(DeciderAnswer.Outage.class);
    }
  }

  @Test
  void a_decider_that_is_gone_is_no_reason_to_wait_for_the_whole_content_time() {
    RemoteTarget gone = policy.target();
    policy.close();
    try (OutputPolicyClient asking =
        OutputPolicyClient.connect(gone, Duration.ofMillis(100), Duration.ofMinutes(5))) {
      assertThat(asking.checkMetadata(question(Bytes.EMPTY, false)))
          .isInstanceOf(DeciderAnswer.Outage.class);
      assertThat(asking.checkContent(question(Bytes.EMPTY, false)))
          .isInstanceOf(DeciderAnswer.Outage.class);
    }
  }

  private DeciderAnswer<OutputAnswer> content(String text) {
    return client.checkContent(question(Bytes.utf8(text), false));
  }

  private static OutputCheckResponse.Builder redact() {
    return OutputCheckResponse.newBuilder().setDecision(OutputDecision.OUTPUT_DECISION_REDACT);
  }

  private static OutputQuestion question(Bytes content, boolean isError) {
    return new OutputQuestion(
        "job-1",
        "job.a",
        "acme",
        Map.of("env", "prod"),
        "net",
        List.of("prod"),
        "alice",
        "text/plain",
        content,
        isError);
  }

  private static OutputAnswer decided(DeciderAnswer<OutputAnswer> answer) {
    assertThat(answer).isInstanceOf(DeciderAnswer.Decided.class);
    return ((DeciderAnswer.Decided<OutputAnswer>) answer).decision();
  }
}
