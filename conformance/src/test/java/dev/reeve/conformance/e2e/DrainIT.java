package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// SIGTERM: nothing that was taken is lost, and what runs elsewhere goes on.
class DrainIT {
  private static final String STATE = "job.state";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Database.class)
  void built_in_work_is_handed_back_and_a_workers_job_survives(Database database) {
    try (ReeveProcess first =
        ReeveProcess.up(database.data(folder), database.arguments("--drain", "1s"))) {
      try (CliProcess worker =
              CliProcess.worker(
                  first.ready().grpc(), "job.default", "sleep 4; cat", folder.resolve("w.log"));
          ForeignClient client = ForeignClient.to(first.ready().grpc())) {
        String work = submit(client, "job.default");
        String circuit = EigenName.SEED.submit(client, Circuits.slow(60), "");
        awaitState(client, work, "JOB_STATE_EXECUTING");
        awaitState(client, circuit, "JOB_STATE_EXECUTING");

        assertThat(first.terminate()).isZero();

        try (ReeveProcess second = first.again();
            ForeignClient after = ForeignClient.to(second.ready().grpc())) {
          awaitState(after, work, "JOB_STATE_COMPLETED");
          awaitState(after, circuit, "JOB_STATE_COMPLETED");
          assertThat(job(after, work).number("job.attempt")).as("attempts").isEqualTo(1);
          assertThat(worker.isAlive()).isTrue();
        }
      }
    }
  }

  static String submit(ForeignClient client, String topic) {
    return client
        .call(
            "reeve.v1.JobService/SubmitJob",
            "{\"topic\": \"%s\", \"payload\": \"%s\"}".formatted(topic, Json.base64("hello")))
        .text("job.job_id");
  }

  static ForeignMessage job(ForeignClient client, String job) {
    return client.call("reeve.v1.JobService/GetJob", "{\"job_id\": \"" + job + "\"}");
  }

  static void awaitState(ForeignClient client, String job, String state) {
    Await.value(state, state, () -> job(client, job).text(STATE));
  }
}
