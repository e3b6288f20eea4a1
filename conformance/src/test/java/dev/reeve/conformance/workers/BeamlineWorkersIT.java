package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.testing.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker written from the contract in Python takes jobs over a real broker.
class BeamlineWorkersIT {
  @TempDir Path folder;
  private WorkerRig rig;

  @BeforeEach
  void start() {
    rig = WorkerRig.start(folder, WorkerRig.SHORT_LEASE);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void a_worker_takes_jobs_fails_some_and_sends_garbage() {
    rig.beamlineWorker("w1");

    rig.submit("echo", "{\"n\": 1}");
    rig.submit("fatal", "{\"do\": \"fail\", \"code\": \"INVALID_INPUT\"}");
    rig.submit("dirty", "{\"do\": \"garbage\"}");

    rig.awaitState("echo", "SUCCEEDED");
    rig.awaitState("fatal", "FAILED");
    rig.awaitState("dirty", "SUCCEEDED");
    assertThat(rig.job("fatal").get("error_code").getAsString()).isEqualTo("INVALID_INPUT");
    assertThat(rig.job("echo").get("worker_id").getAsString())
        .isEqualTo("beamline:caf.exec.assign.v1");
    Await.until("garbage is counted", () -> rig.count("beamline_results_invalid") == 2);
    Await.until("usage is told once each", () -> rig.count("beamline_usage_emitted") == 3);
  }

  @Test
  void a_killed_workers_job_runs_elsewhere_and_a_late_result_is_refused() {
    WorkerProgram first = rig.beamlineWorker("w1");
    rig.submit("killed", "{\"do\": \"sleep\", \"seconds\": 3}");
    Await.until("taken", () -> !first.lines("assigned", "killed").isEmpty());
    Await.until("running", () -> rig.count("beamline_acks") == 1);
    first.kill();
    WorkerProgram second = rig.beamlineWorker("w2");
    rig.awaitState("killed", "SUCCEEDED");
    assertThat(second.lines("done", "killed")).hasSize(1);

    rig.submit("frozen", "{\"do\": \"sleep\", \"seconds\": 2}");
    Await.until("taken", () -> !second.lines("assigned", "frozen").isEmpty());
    Await.until("running", () -> rig.count("beamline_acks") == 3);
    second.freeze();
    WorkerProgram third = rig.beamlineWorker("w3");
    rig.awaitState("frozen", "SUCCEEDED");
    second.thaw();

    Await.until("its result comes late", () -> !second.lines("done", "frozen").isEmpty());
    Await.until("and is refused", () -> rig.count("beamline_results_late") == 1);
    assertThat(third.lines("done", "frozen")).hasSize(1);
    assertThat(rig.job("frozen").get("attempts").getAsInt()).isEqualTo(2);
  }

  @Test
  void results_that_come_again_end_nothing_twice_and_dead_letters_hold_what_nobody_could_read() {
    WorkerProgram worker = rig.beamlineWorker("w1");
    rig.submit("once", "{\"n\": 1}");
    rig.submit("dirty", "{\"do\": \"garbage\"}");
    rig.awaitState("once", "SUCCEEDED");
    rig.awaitState("dirty", "SUCCEEDED");
    Await.until("garbage is buried", () -> rig.count("beamline_results_invalid") == 2);
    JsonObject before = rig.job("once");
    String taken = worker.lines("assigned", "\"once\"").getFirst();
    String assignment =
        JsonParser.parseString(taken).getAsJsonObject().get("assignment").getAsString();

    WorkerProgram faults = rig.resultAgain(assignment, 3);

    Await.until("known as repeats", () -> rig.count("beamline_results_duplicate") == 3);
    assertThat(rig.job("once")).isEqualTo(before);
    assertThat(rig.count("beamline_usage_emitted")).isEqualTo(2);
    assertThat(faults.lines("letter", "validation_failed")).hasSize(2);
    assertThat(faults.lines("letter")).hasSize(2);
  }

  @Test
  void a_job_that_is_too_large_for_the_broker_fails_alone() {
    rig.beamlineWorker("w1");
    rig.submit("huge", "{\"text\": \"" + "x".repeat(1_048_400) + "\"}");
    rig.submit("small", "{\"n\": 1}");

    rig.awaitState("huge", "FAILED");
    rig.awaitState("small", "SUCCEEDED");
    assertThat(rig.job("huge").get("error_code").getAsString()).isEqualTo("ASSIGNMENT_TOO_LARGE");
  }

  @Test
  void a_cancelled_job_is_told_to_its_worker() {
    WorkerProgram worker = rig.beamlineWorker("w1");
    rig.submit("stop", "{\"do\": \"sleep\", \"seconds\": 30}");
    Await.until("taken", () -> !worker.lines("assigned", "stop").isEmpty());

    rig.cancel("stop");

    Await.until("told", () -> !worker.lines("cancelled", "stop").isEmpty());
    rig.awaitState("stop", "CANCELLED");
  }

  @Test
  void broker_and_server_die_in_the_middle_and_no_job_is_lost() {
    WorkerProgram worker = rig.beamlineWorker("w1");
    for (int i = 0; i < 20; i++) {
      rig.submit("job-" + i, "{\"do\": \"sleep\", \"seconds\": 0.2}");
    }
    Await.until("some are done", () -> worker.lines("done").size() >= 3);

    rig.nats().killAndResume();
    Await.until("some more are done", () -> worker.lines("done").size() >= 8);
    rig.restart();

    for (int i = 0; i < 20; i++) {
      rig.awaitState("job-" + i, "SUCCEEDED");
    }
  }
}
