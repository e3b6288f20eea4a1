package dev.reeve.conformance.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.reeve.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers of the agent protocol, written from the contract in Python, on a real broker.
class CapWorkersIT {
  private static final String SHORT_LEASE = "workers:\n  lease: 3s\n";

  @TempDir Path folder;

  @Test
  void a_worker_named_by_its_handshake_takes_jobs_of_packets_and_of_http() {
    try (AgentRig rig = AgentRig.start(folder, "")) {
      ForeignProgram worker = rig.worker("w1", "--topic", AgentRig.TOPIC);

      rig.submit("by-packet", "{\"do\":\"echo\",\"n\":1}");
      String submitted =
          rig.post(
              "jobs",
              "{\"prompt\":\"{\\\"do\\\":\\\"echo\\\"}\",\"topic\":\"" + AgentRig.TOPIC + "\"}");
      rig.awaitState("by-packet", "SUCCEEDED");

      assertThat(submitted).contains("job_id", "trace_id");
      JsonObject job = rig.job("by-packet");
      assertThat(job.get("result").toString()).isEqualTo("{\"do\":\"echo\",\"n\":1}");
      assertThat(job.get("result_ptr").getAsString()).isEqualTo("redis://res:by-packet");
      assertThat(worker.lines("\"job\"", "by-packet", "\"worker\": \"w1\"")).hasSize(1);
    }
  }

  @Test
  void a_job_runs_only_from_the_first_sign_and_shows_its_progress() {
    try (AgentRig rig = AgentRig.start(folder, "")) {
      ForeignProgram worker = rig.worker("w1", "--topic", AgentRig.TOPIC);

      rig.submit("silent", "{\"do\":\"silent\"}");
      Await.until("taken", () -> !worker.lines("\"job\"", "silent").isEmpty());
      assertThat(rig.state("silent")).isEqualTo("DISPATCHED");
      rig.submit("loud", "{\"do\":\"slow\"}");
      rig.awaitState("loud", "RUNNING");

      Await.until("progress", () -> rig.job("loud").get("message").getAsString().equals("begun"));
      assertThat(rig.state("silent")).isEqualTo("DISPATCHED");
    }
  }

  @Test
  void a_job_is_cancelled_by_http_and_by_a_packet_and_its_worker_hears_of_it() {
    try (AgentRig rig = AgentRig.start(folder, "")) {
      ForeignProgram worker = rig.worker("w1", "--topic", AgentRig.TOPIC);
      rig.submit("one", "{\"do\":\"slow\"}");
      rig.submit("two", "{\"do\":\"slow\"}");
      rig.awaitState("one", "RUNNING");
      rig.awaitState("two", "RUNNING");

      assertThat(rig.post("jobs/one/cancel", ""))
          .isEqualTo("{\"id\":\"one\",\"state\":\"CANCELLED\"}");
      rig.packet("cancel", "two");
      rig.awaitState("two", "CANCELLED");

      Await.until("told of one", () -> !worker.lines("\"cancelled\"", "one").isEmpty());
      Await.until("told of two", () -> !worker.lines("\"cancelled\"", "two").isEmpty());
    }
  }

  @Test
  void a_killed_workers_job_runs_elsewhere() {
    try (AgentRig rig = AgentRig.start(folder, SHORT_LEASE)) {
      ForeignProgram first = rig.worker("w1", "--topic", AgentRig.TOPIC);
      rig.submit("moves", "{\"do\":\"slow\",\"seconds\":2}");
      rig.awaitState("moves", "RUNNING");

      first.kill();
      ForeignProgram second = rig.worker("w2", "--topic", AgentRig.TOPIC);
      rig.awaitState("moves", "SUCCEEDED");

      assertThat(second.lines("\"job\"", "moves", "\"attempt\": 2")).hasSize(1);
    }
  }

  @Test
  void a_late_result_is_fenced() {
    try (AgentRig rig = AgentRig.start(folder, SHORT_LEASE)) {
      ForeignProgram first = rig.worker("w1", "--topic", AgentRig.TOPIC);
      rig.submit("raced", "{\"do\":\"slow\",\"seconds\":4}");
      rig.awaitState("raced", "RUNNING");
      first.freeze();
      ForeignProgram second = rig.worker("w2", "--topic", AgentRig.TOPIC);
      Await.until("moved", () -> !second.lines("\"job\"", "raced").isEmpty());

      first.thaw();
      Await.until(
          "late",
          Duration.ofSeconds(20),
          () ->
              !first.lines("\"cancelled\"", "raced").isEmpty()
                  || !first.lines("\"finished\"", "raced").isEmpty());
      rig.awaitState("raced", "SUCCEEDED");

      assertThat(rig.job("raced").get("attempts").getAsInt()).isEqualTo(2);
      rig.submit("late", "{\"do\":\"late\"}");
      rig.awaitState("late", "SUCCEEDED");
    }
  }

  @Test
  void a_worker_that_begins_anew_gets_back_only_what_it_gives_signs_of() {
    try (AgentRig rig = AgentRig.start(folder, SHORT_LEASE)) {
      ForeignProgram first = rig.worker("w1", "--topic", AgentRig.TOPIC);
      rig.submit("lost", "{\"do\":\"silent\",\"seconds\":1}");
      Await.until("taken", () -> !first.lines("\"job\"", "lost").isEmpty());

      first.kill();
      rig.launch("w1", "--topic", AgentRig.TOPIC);

      rig.awaitState("lost", "SUCCEEDED");
    }
  }

  @Test
  void garbage_on_every_subject_breaks_nothing() {
    try (AgentRig rig = AgentRig.start(folder, "")) {
      ForeignProgram listener = rig.listener();
      rig.worker("w1", "--topic", AgentRig.TOPIC);

      rig.submit("garbage", "{\"do\":\"garbage\"}");
      rig.awaitState("garbage", "SUCCEEDED");
      rig.submit("after", "{\"do\":\"echo\"}");
      rig.awaitState("after", "SUCCEEDED");

      assertThat(listener.lines("sys.alert", "\"alert\"")).isNotEmpty();
    }
  }

  @Test
  void a_failure_is_final_and_a_retryable_one_is_not() {
    try (AgentRig rig = AgentRig.start(folder, "")) {
      rig.worker("w1", "--topic", AgentRig.TOPIC);

      rig.submit("fails", "{\"do\":\"fail\"}");
      rig.submit("retries", "{\"do\":\"retry\"}");
      rig.awaitState("fails", "FAILED");
      rig.awaitState("retries", "SUCCEEDED");

      assertThat(rig.job("fails").get("error_code").getAsString()).isEqualTo("E_BROKEN");
      assertThat(rig.job("retries").get("attempts").getAsInt()).isEqualTo(2);
    }
  }

  @Test
  void a_fatal_failure_rolls_its_workflow_back_in_reverse() {
    try (AgentRig rig = AgentRig.start(folder, "")) {
      ForeignProgram worker = rig.worker("w1", "--topic", AgentRig.TOPIC);
      String undo = "{\"do\":\"echo\",\"undo\":true}";
      for (String step : new String[] {"step-1", "step-2"}) {
        rig.submit(step, "{\"do\":\"echo\"}", "--workflow", "wf-1", "--compensate", undo);
        rig.awaitState(step, "SUCCEEDED");
      }

      rig.submit("step-3", "{\"do\":\"fatal\"}", "--workflow", "wf-1");
      rig.awaitState("step-3", "FAILED");
      rig.awaitState("step-1.compensation", "SUCCEEDED");

      assertThat(worker.lines("\"job\"", ".compensation"))
          .extracting(line -> line.contains("step-2") ? "step-2" : "step-1")
          .containsExactly("step-2", "step-1");
    }
  }

  @Test
  void jobs_go_to_workers_that_offer_what_they_require_and_stand_where_they_must() {
    try (AgentRig rig = AgentRig.start(folder, "")) {
      ForeignProgram gpu =
          rig.worker(
              "gpu", "--topic", AgentRig.TOPIC, "--capability", "gpu", "--label", "zone=east");
      ForeignProgram cpu =
          rig.worker(
              "cpu", "--topic", AgentRig.TOPIC, "--capability", "cpu", "--label", "zone=west");

      rig.submit("needs-gpu", "{\"do\":\"echo\"}", "--requires", "gpu");
      rig.submit("in-the-west", "{\"do\":\"echo\"}", "--label", "placement.zone=west");
      rig.submit("nowhere", "{\"do\":\"echo\"}", "--requires", "tpu");
      rig.awaitState("needs-gpu", "SUCCEEDED");
      rig.awaitState("in-the-west", "SUCCEEDED");

      assertThat(gpu.lines("\"job\"", "needs-gpu")).hasSize(1);
      assertThat(cpu.lines("\"job\"", "in-the-west")).hasSize(1);
      assertThat(rig.state("nowhere")).isEqualTo("SCHEDULED");
    }
  }

  @Test
  void a_restart_of_the_control_plane_leaves_a_worker_its_job() {
    try (AgentRig rig = AgentRig.start(folder, "")) {
      ForeignProgram worker = rig.worker("w1", "--topic", AgentRig.TOPIC);
      rig.submit("survives", "{\"do\":\"slow\",\"seconds\":8}");
      rig.awaitState("survives", "RUNNING");
      Await.until("remembered", () -> folder.resolve("data/workers.json").toFile().exists());

      rig.restart();
      rig.awaitState("survives", "SUCCEEDED");

      assertThat(rig.job("survives").get("attempts").getAsInt()).isEqualTo(1);
      assertThat(worker.lines("\"job\"", "survives")).hasSize(1);
    }
  }
}
