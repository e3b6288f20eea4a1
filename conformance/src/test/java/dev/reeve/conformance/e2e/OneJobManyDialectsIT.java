package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One core behind every API: what comes in by one is read by another, and they agree.
class OneJobManyDialectsIT {
  private record Submitted(String jobId, String dialect, String state) {}

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Database.class)
  void a_job_of_any_dialect_is_the_same_job_in_our_own(Database database) {
    try (ReeveProcess server = ReeveProcess.up(database.data(folder), database.arguments());
        ForeignClient client = ForeignClient.to(server.ready().grpc())) {
      List<Submitted> submitted = new ArrayList<>();
      for (EigenName name : EigenName.values()) {
        submitted.add(eigen(client, name));
      }
      submitted.add(cordum(client));
      submitted.add(mathison(client));

      for (Submitted job : submitted) {
        ForeignMessage read =
            client.call("reeve.v1.JobService/GetJob", jobId(job.jobId())).part("job");
        assertThat(read.text("job_id")).isEqualTo(job.jobId());
        assertThat(read.text("dialect")).isEqualTo(job.dialect());
        assertThat(read.text("state")).isEqualTo("JOB_STATE_" + job.state());
        assertEventsAreWhole(client, read);
      }
      assertThat(newestFirst(client))
          .containsExactlyElementsOf(submitted.reversed().stream().map(Submitted::jobId).toList());
    }
  }

  private static Submitted eigen(ForeignClient client, EigenName name) {
    String job = name.submit(client, Circuits.BELL, "");
    List<EigenName.Update> updates = name.updates(name.stream(client, job, 0).rest());
    assertThat(updates.getLast().state()).isEqualTo("DONE");
    assertThat(EigenName.bare(name.call(client, "GetJobResults", job).text("state")))
        .isEqualTo("DONE");
    return new Submitted(job, "DIALECT_EIGEN", "COMPLETED");
  }

  private static Submitted cordum(ForeignClient client) {
    String job =
        client
            .call(
                "cordum.v1.CordumApi/SubmitJob",
                "{\"prompt\": \"say hello\", \"topic\": \"job.echo\"}")
            .text("job_id");
    Await.value(
        "Cordum's state",
        "SUCCEEDED",
        () -> client.call("cordum.v1.CordumApi/GetJobStatus", jobId(job)).text("status"));
    return new Submitted(job, "DIALECT_CORDUM", "COMPLETED");
  }

  private static Submitted mathison(ForeignClient client) {
    ForeignMessage result =
        client.call(
            "mathison.MathisonService/RunJob",
            "{\"job_type\": \"echo\", \"inputs\": \"" + Json.base64("{\"a\":1}") + "\"}");
    assertThat(result.text("status")).isEqualTo("completed");
    assertThat(result.text("outputs")).isEqualTo("{\"echo\":{\"a\":1}}");
    return new Submitted(result.text("job_id"), "DIALECT_MATHISON", "COMPLETED");
  }

  private static void assertEventsAreWhole(ForeignClient client, ForeignMessage job) {
    List<ForeignMessage> events =
        client.stream(
                "reeve.v1.JobService/WatchJobs",
                "{\"jobs\": [{\"job_id\": \"" + job.text("job_id") + "\"}]}")
            .rest();

    assertThat(events)
        .extracting(event -> event.number("event.event_seq"))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, job.number("last_event_seq")).boxed().toList());
    assertThat(events).filteredOn(event -> event.text("event.terminal").equals("true")).hasSize(1);
    assertThat(events.getLast().text("event.state")).isEqualTo(job.text("state"));
  }

  private static List<String> newestFirst(ForeignClient client) {
    return client.call("reeve.v1.JobService/ListJobs", "{}").parts("jobs").stream()
        .map(job -> job.text("job_id"))
        .toList();
  }

  private static String jobId(String jobId) {
    return "{\"job_id\": \"" + jobId + "\"}";
  }
}
