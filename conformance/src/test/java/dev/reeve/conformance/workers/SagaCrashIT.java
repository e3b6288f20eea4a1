package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rollback whose control plane is killed in the middle of it, on a real broker.
class SagaCrashIT {
  /// The bus brings the report that asked for it again after a minute.
  private static final Duration COMES_AGAIN = Duration.ofMinutes(3);

  /// Lies under a pointer of its own until the compensation is asked for.
  private static final String UNDO = "{\"do\":\"echo\",\"undo\":true}";

  @TempDir Path folder;

  @Test
  void a_rollback_that_a_crash_cut_short_goes_on_in_order_and_does_nothing_twice() {
    try (WorkerRig rig = WorkerRig.start(folder, "")) {
      WorkerProgram worker = rig.capWorker("w1", "--topic", WorkerRig.TOPIC);
      WorkerProgram listener = rig.listener();
      String echo = "{\"do\":\"echo\"}";
      rig.submitPacket("step-1", echo, "--workflow", "wf-1", "--compensate", UNDO);
      rig.awaitState("step-1", "SUCCEEDED");
      done(rig, "step-2", "{\"do\":\"slow\",\"seconds\":8}");
      done(rig, "step-3", echo);
      Await.until("remembered", () -> folder.resolve("data/workers.json").toFile().exists());

      rig.submitPacket("step-4", "{\"do\":\"fatal\"}", "--workflow", "wf-1");
      rig.awaitState("step-2.compensation", "RUNNING");
      assertThat(rig.state("step-3.compensation")).isEqualTo("SUCCEEDED");
      assertThat(rig.state("step-1.compensation")).isEmpty();
      rig.restart();
      Await.until(
          "rolled back", COMES_AGAIN, () -> rig.state("step-1.compensation").equals("SUCCEEDED"));

      assertThat(rig.state("step-2.compensation")).isEqualTo("SUCCEEDED");
      assertThat(worker.lines("\"job\"", ".compensation"))
          .extracting(SagaCrashIT::step)
          .containsExactly("step-3", "step-2", "step-1");
      assertThat(rig.job("step-1.compensation").get("result").toString()).isEqualTo(UNDO);
      assertThat(rig.job("step-4").get("error_status").getAsString()).isEqualTo("FAILED_FATAL");
      Await.until("dead letter", () -> !listener.lines("sys.job.dlq", "step-4").isEmpty());
    }
  }

  /// Compensated by doing the same again, which takes as long.
  private static void done(WorkerRig rig, String step, String order) {
    rig.submitPacket(step, order, "--workflow", "wf-1", "--undo");
    rig.awaitState(step, "SUCCEEDED");
  }

  private static String step(String line) {
    return List.of("step-1", "step-2", "step-3").stream()
        .filter(line::contains)
        .findFirst()
        .orElse(line);
  }
}
