package dev.reeve.gateway.beamline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ResultCodecTest {
  private static List<String> lines(String name) {
    try {
      return Files.readAllLines(Path.of("src", "test", "resources", "beamline", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void every_form_of_a_result_is_read_as_the_same_thing() {
    StringBuilder read = new StringBuilder();
    for (String line : lines("results.jsonl")) {
      read.append(answer(line)).append('\n');
    }

    Golden.hold("beamline/results.jsonl", read.toString());
  }

  private static String answer(String line) {
    try {
      return ResultJson.write(ResultCodec.read(Bytes.utf8(line))).utf8();
    } catch (ProblemException e) {
      return e.problem().reason() + " " + e.problem().message();
    }
  }

  @Test
  void what_is_read_comes_back_as_json_and_as_protobuf() {
    for (String line : lines("results.jsonl")) {
      if (!answer(line).startsWith("{")) {
        continue;
      }
      WorkerResult result = ResultCodec.read(Bytes.utf8(line));
      WorkerResult withoutTokens = ResultCodec.read(ResultJson.write(result));
      assertThat(ResultCodec.read(ResultJson.write(withoutTokens))).isEqualTo(withoutTokens);
      assertThat(ResultCodec.read(ResultCodec.writeProto(withoutTokens))).isEqualTo(withoutTokens);
    }
  }

  @Test
  void tokens_count_from_metrics_and_from_usage() {
    String head = "{\"assignment_id\":\"a\",\"status\":\"success\",";
    String usage = "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":5}";
    for (String form :
        List.of(
            usage,
            "\"result\":{" + usage + "}",
            usage.replace("usage", "result\":{\"metrics") + "}")) {
      WorkerResult result = ResultCodec.read(Bytes.utf8(head + form + "}"));

      assertThat(List.of(result.inputTokens(), result.outputTokens()))
          .as(form)
          .containsExactly(7L, 5L);
    }
  }

  @Test
  void a_success_has_no_code_and_an_error_always_one() {
    String head = "{\"assignment_id\":\"a\",\"status\":\"";

    assertThat(answer(head + "success\",\"error_code\":\"NETWORK_ERROR\"}"))
        .isEqualTo(
            "WORKER_MESSAGE_INVALID error_code: \"NETWORK_ERROR\" (expected: none with status"
                + " success)");
    assertThat(answer(head + "success\",\"error_code\":\"0\"}")).doesNotContain("error_code");
    assertThat(answer(head + "error\"}")).contains("\"error_code\":\"UNKNOWN_ERROR\"");
  }

  @Test
  void a_step_becomes_a_result_with_nothing_lost() {
    WorkerAssignment assignment =
        AssignmentJson.read(
            Bytes.utf8(
                "{\"assignment_id\":\"a-1\",\"request_id\":\"r-1\",\"tenant_id\":\"acme\","
                    + "\"executor\":{\"provider_id\":\"m1\"},\"job\":{\"type\":\"http.request\"}}"));
    StepResult ok =
        new StepResult(
            ResultStatus.SUCCESS,
            ExecErrorCode.NONE,
            Map.of("status_code", JsonText.parse("200").orElseThrow()),
            "",
            new AssignmentOrder.Correlation("t", "run", "flow", "step", "", ""),
            "acme",
            42,
            2);
    StepResult failed =
        new StepResult(
            ResultStatus.ERROR,
            ExecErrorCode.HTTP_ERROR,
            Map.of(),
            "503 from upstream",
            AssignmentOrder.Correlation.NONE,
            "acme",
            7,
            0);

    Golden.hold(
        "beamline/steps.jsonl",
        ResultJson.write(ok.of(assignment, 0.25, 1_704_067_200_000L, "w1")).utf8()
            + "\n"
            + ResultJson.write(failed.of(assignment, 0, 1_704_067_200_000L, "")).utf8()
            + "\n");
  }

  @Test
  void a_step_that_contradicts_itself_cannot_be_made() {
    assertThatThrownBy(() -> step(ResultStatus.SUCCESS, ExecErrorCode.HTTP_ERROR, 0))
        .hasMessageContaining("none when ok");
    assertThatThrownBy(() -> step(ResultStatus.ERROR, ExecErrorCode.NONE, 0))
        .hasMessageContaining("a code");
    assertThatThrownBy(() -> step(ResultStatus.TIMEOUT, ExecErrorCode.NONE, -1))
        .hasMessageContaining("latency_ms: -1");
  }

  private static StepResult step(ResultStatus status, ExecErrorCode code, long latencyMs) {
    return new StepResult(
        status, code, Map.of(), "", AssignmentOrder.Correlation.NONE, "acme", latencyMs, 0);
  }

  @Test
  void codes_say_whether_another_attempt_makes_sense() {
    StringBuilder table = new StringBuilder();
    for (ExecErrorCode code : ExecErrorCode.values()) {
      table
          .append(code.number())
          .append(' ')
          .append(code.name())
          .append(ExecErrorCode.mayGoBetter(code.name()) ? " again\n" : " final\n");
    }
    for (String word :
        List.of("UNKNOWN_JOB_TYPE", "SCRIPT_ERROR", "404", "HTTP_429", "408", "503", "odd words")) {
      table.append(word).append(ExecErrorCode.mayGoBetter(word) ? " again\n" : " final\n");
    }

    Golden.hold("beamline/codes.txt", table.toString());
  }

  @Test
  void bytes_travel_as_one_value_and_come_back() {
    for (WorkerOutput output :
        List.of(
            new WorkerOutput("application/json", Bytes.utf8("{\"a\":[1,2.50,null]}")),
            new WorkerOutput("text/plain; charset=utf-8", Bytes.utf8("{\"a\":1}")),
            new WorkerOutput("application/octet-stream", Bytes.hex("00ff80")))) {
      assertThat(WorkerOutput.of(output.value(), output.encoding())).isEqualTo(Optional.of(output));
    }
  }
}
