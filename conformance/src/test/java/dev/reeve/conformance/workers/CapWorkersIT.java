package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers of the agent protocol, written from the contract in Python, on a real broker.
class CapWorkersIT {
  @TempDir Path folder;

  @Test
  void a_worker_named_by_its_handshake_takes_jobs_of_packets_and_of_http() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram worker = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);

      rig.submitPacket("by-packet", "{\"do\":\"echo\",\"n\":1}");
      String submitted =
          rig.post(
              "/api/v1/jobs",
              "{\"prompt\":\"{\\\"do\\\":\\\"echo\\\"}\",\"topic\":\"" + WorkerRig.TOPIC + "\"}");
      rig.awaitState("by-packet", "SUCCEEDED");

      assertThat(submitted).contains("job_id", "trace_id");
      JsonObject job = rig.job("by-packet");
      assertThat(job.get("result").toString()).isEqualTo("{\"do\":\"echo\",\"n\":1}");
      assertThat(job.get("result_ptr").getAsString()).isEqualTo("redis://res:by-packet");
      assertThat(worker.lines("\"job\"", "by-packet", "\"worker\": \"w1\"")).hasSize(1);
    }
  }

  @Test
  void a_worker_that_acknowledges_its_requests_gets_each_job_once() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram worker = rig.capWorker("w1", "--topic", WorkerRig.TOPIC, "--ack");

      for (int i = 0; i < 20; i++) {
        rig.submitPacket("acked-" + i, "{\"do\":\"echo\"}");
      }
      for (int i = 0; i < 20; i++) {
        rig.awaitState("acked-" + i, "SUCCEEDED");
      }

      assertThat(worker.lines("\"job\"", "acked-")).hasSize(20);
    }
  }

  @Test
  void workers_go_on_at_once_after_the_broker_lost_its_disk() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram _ = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);
      rig.submitPacket("before", "{\"do\":\"echo\"}");
      rig.awaitState("before", "SUCCEEDED");

      rig.nats().killAndLoseDisk();
      rig.nats().resume();
      rig.submit("after", "{\"do\":\"echo\"}");

      rig.awaitState("after", "SUCCEEDED");
    }
  }

  @Test
  void a_job_runs_only_from_the_first_sign_and_shows_its_progress() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram worker = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);

      rig.submitPacket("silent", "{\"do\":\"silent\"}");
      Await.until("taken", () -> !worker.lines("\"job\"", "silent").isEmpty());
      assertThat(rig.state("silent")).isEqualTo("DISPATCHED");
      rig.submitPacket("loud", "{\"do\":\"slow\"}");
      rig.awaitState("loud", "RUNNING");

      Await.until("progress", () -> rig.job("loud").get("message").getAsString().equals("begun"));
      assertThat(rig.state("silent")).isEqualTo("DISPATCHED");
    }
  }

  @Test
  void a_job_is_cancelled_by_http_and_by_a_packet_and_its_worker_hears_of_it() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram worker = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);
      rig.submitPacket("one", "{\"do\":\"slow\"}");
      rig.submitPacket("two", "{\"do\":\"slow\"}");
      rig.awaitState("one", "RUNNING");
      rig.awaitState("two", "RUNNING");

      assertThat(rig.post("/api/v1/jobs/one/cancel", ""))
          .isEqualTo("{\"id\":\"one\",\"state\":\"CANCELLED\"}");
      rig.packet("cancel", "two");
      rig.awaitState("two", "CANCELLED");

      Await.until("told of one", () -> !worker.lines("\"cancelled\"", "one").isEmpty());
      Await.until("told of two", () -> !worker.lines("\"cancelled\"", "two").isEmpty());
    }
  }

  @Test
  void a_job_that_a_person_rejects_is_a_dead_letter_on_the_bus() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram listener = rig.listener();
      String submitted =
          rig.post(
              "/api/v1/jobs",
              "{\"prompt\":\"pay\",\"principal_id\":\"alice\",\"topic\":\""
                  + WorkerRig.HELD_TOPIC
                  + "\"}");
      String job = JsonParser.parseString(submitted).getAsJsonObject().get("job_id").getAsString();

      String rejected = rig.post("/api/v1/approvals/" + job + "/reject", "{\"reason\":\"no\"}");

      assertThat(rejected).contains("\"state\":\"DENIED\"");
      Await.until(
          "dead letter",
          () -> !listener.lines("sys.job.dlq", job, "\"approval_rejected\"").isEmpty());
      assertThat(rig.get("dlq")).contains(job, "\"reason_code\":\"approval_rejected\"");
    }
  }

  @Test
  void a_killed_workers_job_runs_elsewhere() {
    try (WorkerRig rig = WorkerRig.start(folder, WorkerRig.SHORT_LEASE)) {
      WorkerProgram first = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);
      rig.submitPacket("moves", "{\"do\":\"slow\",\"seconds\":2}");
      rig.awaitState("moves", "RUNNING");

      first.kill();
      WorkerProgram second = rig.capWorker("w2", "--topic", WorkerRig.TOPIC);
      rig.awaitState("moves", "SUCCEEDED");

      assertThat(second.lines("\"job\"", "moves", "\"attempt\": 2")).hasSize(1);
    }
  }

  @Test
  void a_late_result_is_fenced() {
    try (WorkerRig rig = WorkerRig.start(folder, WorkerRig.SHORT_LEASE)) {
      WorkerProgram first = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);
      rig.submitPacket("raced", "{\"do\":\"slow\",\"seconds\":4}");
      rig.awaitState("raced", "RUNNING");
      first.freeze();
      WorkerProgram second = rig.capWorker("w2", "--topic", WorkerRig.TOPIC);
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
      rig.submitPacket("late", "{\"do\":\"late\"}");
      rig.awaitState("late", "SUCCEEDED");
    }
  }

  @Test
  void a_worker_that_begins_anew_gets_back_only_what_it_gives_signs_of() {
    try (WorkerRig rig = WorkerRig.start(folder, WorkerRig.SHORT_LEASE)) {
      WorkerProgram first = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);
      rig.submitPacket("lost", "{\"do\":\"silent\",\"seconds\":1}");
      Await.until("taken", () -> !first.lines("\"job\"", "lost").isEmpty());

      first.kill();
      rig.launchCap("w1", "--topic", WorkerRig.TOPIC);

      rig.awaitState("lost", "SUCCEEDED");
    }
  }

  @Test
  void garbage_on_every_subject_breaks_nothing() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram listener = rig.listener();
      rig.capWorker("w1", "--topic", WorkerRig.TOPIC);

      rig.submitPacket("garbage", "{\"do\":\"garbage\"}");
      rig.awaitState("garbage", "SUCCEEDED");
      rig.submitPacket("after", "{\"do\":\"echo\"}");
      rig.awaitState("after", "SUCCEEDED");

      assertThat(listener.lines("sys.alert", "\"alert\"")).isNotEmpty();
    }
  }

  @Test
  void a_failure_is_final_and_a_retryable_one_is_not() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      rig.capWorker("w1", "--topic", WorkerRig.TOPIC);

      rig.submitPacket("fails", "{\"do\":\"fail\"}");
      rig.submitPacket("retries", "{\"do\":\"retry\"}");
      rig.awaitState("fails", "FAILED");
      rig.awaitState("retries", "SUCCEEDED");

      assertThat(rig.job("fails").get("error_code").getAsString()).isEqualTo("E_BROKEN");
      assertThat(rig.job("retries").get("attempts").getAsInt()).isEqualTo(2);
    }
  }

  @Test
  void a_fatal_failure_rolls_its_workflow_back_in_reverse() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram worker = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);
      String undo = "{\"do\":\"echo\",\"undo\":true}";
      for (String step : new String[] {"step-1", "step-2"}) {
        rig.submitPacket(step, "{\"do\":\"echo\"}", "--workflow", "wf-1", "--compensate", undo);
        rig.awaitState(step, "SUCCEEDED");
      }

      rig.submitPacket("step-3", "{\"do\":\"fatal\"}", "--workflow", "wf-1");
      rig.awaitState("step-3", "FAILED");
      rig.awaitState("step-1.compensation", "SUCCEEDED");

      assertThat(worker.lines("\"job\"", ".compensation"))
          .extracting(line -> line.contains("step-2") ? "step-2" : "step-1")
          .containsExactly("step-2", "step-1");
    }
  }

  @Test
  void jobs_go_to_workers_that_offer_what_they_require_and_stand_where_they_must() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram gpu =
          rig.capWorker(
              "gpu", "--topic", WorkerRig.TOPIC, "--capability", "gpu", "--label", "zone=east");
      WorkerProgram cpu =
          rig.capWorker(
              "cpu", "--topic", WorkerRig.TOPIC, "--capability", "cpu", "--label", "zone=west");

      rig.submitPacket("needs-gpu", "{\"do\":\"echo\"}", "--requires", "gpu");
      rig.submitPacket("in-the-west", "{\"do\":\"echo\"}", "--label", "placement.zone=west");
      rig.submitPacket("nowhere", "{\"do\":\"echo\"}", "--requires", "tpu");
      rig.awaitState("needs-gpu", "SUCCEEDED");
      rig.awaitState("in-the-west", "SUCCEEDED");

      assertThat(gpu.lines("\"job\"", "needs-gpu")).hasSize(1);
      assertThat(cpu.lines("\"job\"", "in-the-west")).hasSize(1);
      assertThat(rig.state("nowhere")).isEqualTo("SCHEDULED");
    }
  }

  @Test
  void a_restart_of_the_control_plane_leaves_a_worker_its_job() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram worker = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);
      rig.submitPacket("survives", "{\"do\":\"slow\",\"seconds\":8}");
      rig.awaitState("survives", "RUNNING");
      Await.until("remembered", () -> folder.resolve("data/workers.json").toFile().exists());

      rig.restart();
      rig.awaitState("survives", "SUCCEEDED");

      assertThat(rig.job("survives").get("attempts").getAsInt()).isEqualTo(1);
      assertThat(worker.lines("\"job\"", "survives")).hasSize(1);
    }
  }
}
