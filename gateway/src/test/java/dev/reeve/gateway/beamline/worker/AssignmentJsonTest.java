package dev.reeve.gateway.beamline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.job.DispatchId;
import dev.reeve.testing.Golden;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AssignmentJsonTest {
  private static final WorkerAssignment WHOLE =
      new WorkerAssignment(
          "5f0c1a52-9d3e-4b7a-8c11-0a1b2c3d4e5f",
          "req-1",
          "acme",
          new WorkerAssignment.Executor("openai:gpt-4o", "grpc", "worker:9000"),
          new WorkerAssignment.Task("chat", "", JsonText.parse("{\"text\":\"hello\",\"n\":1.50}")),
          new WorkerAssignment.Options(
              50, 5_000, 2, 200, Map.of("stream", new JsonValue.Truth(true))),
          new AssignmentOrder.Correlation(
              "0af7651916cd43dd8448eb211c80319c", "run-1", "flow-1", "step-1", "span-1", "key-1"),
          new WorkerAssignment.Decision(
              "openai:gpt-4o", 50, 250, 0.001, "weighted", Map.of("algorithm", "weighted")),
          Map.of("deep", JsonText.parse("{\"a\":[1,{\"b\":true}]}").orElseThrow()));

  private static final WorkerAssignment LEAST =
      new WorkerAssignment(
          "5f0c1a52-9d3e-4b7a-8c11-0a1b2c3d4e5f",
          "req-2",
          "acme",
          new WorkerAssignment.Executor("m1", "nats", ""),
          new WorkerAssignment.Task("chat", "s3://payloads/1", Optional.empty()),
          new WorkerAssignment.Options(0, 60_000, 1, 0, Map.of()),
          AssignmentOrder.Correlation.NONE,
          new WorkerAssignment.Decision("m1", 0, 0, 0, "sticky", Map.of()),
          Map.of());

  @Test
  void assignments_are_written_as_the_contract_says() {
    Golden.hold(
        "beamline/assignments.jsonl",
        AssignmentJson.write(WHOLE, false).utf8()
            + "\n"
            + AssignmentJson.write(WHOLE, true).utf8()
            + "\n"
            + AssignmentJson.write(LEAST, false).utf8()
            + "\n");
  }

  @Test
  void what_is_written_is_read_back_bare_and_enveloped() {
    for (WorkerAssignment assignment : new WorkerAssignment[] {WHOLE, LEAST}) {
      assertThat(AssignmentJson.read(AssignmentJson.write(assignment, false)))
          .isEqualTo(assignment);
      assertThat(AssignmentJson.read(AssignmentJson.write(assignment, true))).isEqualTo(assignment);
    }
  }

  @Test
  void an_envelope_of_another_kind_is_refused() {
    Bytes result = Bytes.utf8("{\"version\":\"v1\",\"kind\":\"exec_result\",\"data\":{}}");

    assertThatThrownBy(() -> AssignmentJson.read(result)).isInstanceOf(ProblemException.class);
  }

  @Test
  void the_request_goes_over_the_defaults_of_options() {
    AssignmentOptions rule = BeamlineWorkerSettings.of("here", "n").options();
    AssignmentOrder.Choice choice =
        new AssignmentOrder.Choice("p", "weighted", 50, 2_000, 0, Map.of(), "default", 1);
    String given = "{\"priority\":7,\"retry\":{\"max_attempts\":5},\"stream\":true}";

    WorkerAssignment.Options options =
        rule.over(ExecMembers.read(ExecProblems.ASSIGNMENT_INVALID, "options.", given), choice);

    assertThat(options)
        .isEqualTo(
            new WorkerAssignment.Options(
                7, 10_000, 5, 200, Map.of("stream", new JsonValue.Truth(true))));
  }

  @Test
  void a_deadline_is_five_times_what_is_expected_between_5_and_60_seconds() {
    AssignmentOptions.Deadline rule = AssignmentOptions.Deadline.DEFAULT;

    assertThat(rule.forExpected(0)).isEqualTo(5_000);
    assertThat(rule.forExpected(1_000)).isEqualTo(5_000);
    assertThat(rule.forExpected(3_000)).isEqualTo(15_000);
    assertThat(rule.forExpected(3_600_000)).isEqualTo(60_000);
  }

  @Test
  void an_attempt_is_found_again_in_the_id_of_its_assignment() {
    AssignmentIds here = new AssignmentIds("here");
    AssignmentIds there = new AssignmentIds("there");
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      DispatchId dispatch =
          new DispatchId(
              random.nextLong(1L << 26),
              1 + random.nextLong((1L << 48) - 1),
              1 + random.nextInt(65_535));

      String id = here.of(dispatch);

      assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
      assertThat(here.dispatch(id)).contains(dispatch);
      assertThat(there.dispatch(id)).isEmpty();
      assertThat(here.dispatch(new java.util.UUID(random.nextLong(), random.nextLong()).toString()))
          .isEmpty();
    }
    assertThat(here.dispatch("")).isEmpty();
    assertThat(here.dispatch("1.2.3")).isEmpty();
  }
}
