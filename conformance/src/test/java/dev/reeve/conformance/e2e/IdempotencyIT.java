package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.testing.ReeveProcess;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A key means the same job before and after a crash.
class IdempotencyIT {
  private static final String KEY = ", \"envelope\": {\"idempotency_key\": \"k-1\"}";
  private static final String CORDUM =
      "{\"prompt\": \"hello\", \"topic\": \"job.echo\", \"idempotency_key\": \"k-1\"}";
  private static final String MATHISON =
      "{\"job_type\": \"echo\", \"job_id\": \"m-1\", \"inputs\": \"e30=\"}";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_key_gives_the_first_job_after_a_crash_too(Database database) {
    try (ReeveProcess first = ReeveProcess.up(database.data(folder), database.arguments())) {
      List<String> jobs;
      try (ForeignClient client = ForeignClient.to(first.ready().grpc())) {
        jobs = submitEach(client);
      }
      first.kill();

      try (ReeveProcess second = first.again();
          ForeignClient client = ForeignClient.to(second.ready().grpc())) {
        assertThat(submitEach(client)).isEqualTo(jobs);
        assertThatThrownBy(() -> EigenName.LATER.submit(client, Circuits.BELL + "// other\n", KEY))
            .isInstanceOfSatisfying(
                StatusRuntimeException.class,
                refusal ->
                    assertThat(refusal.getStatus().getCode())
                        .isEqualTo(Status.Code.FAILED_PRECONDITION));
        assertThat(client.call("reeve.v1.JobService/ListJobs", "{}").parts("jobs"))
            .hasSize(jobs.size());
      }
    }
  }

  private static List<String> submitEach(ForeignClient client) {
    return List.of(
        EigenName.LATER.submit(client, Circuits.BELL, KEY),
        client.call("cordum.v1.CordumApi/SubmitJob", CORDUM).text("job_id"),
        client.call("mathison.MathisonService/RunJob", MATHISON).text("job_id"));
  }
}
