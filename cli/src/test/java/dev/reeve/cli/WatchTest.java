package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.rpc.ErrorInfo;
import dev.reeve.wire.reeve.v1.JobError;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WatchTest {
  private static final Terminal SCREEN = new Terminal(true, true, true, false, 60);

  private final FakeServer server = FakeServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_event_is_a_line_and_a_completed_job_ends_with_0() {
    history("j");

    CliRun.Result result = cli().run("watch", "j");

    assertThat(result.out())
        .isEqualTo(
            """
            2026-01-02T03:04:06Z #1 QUEUED
            2026-01-02T03:04:07Z #2 EXECUTING RUN
            2026-01-02T03:04:08Z #3 EXECUTING RUN 40 % half way
            2026-01-02T03:04:09Z #4 COMPLETED
            """);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = JobState.class,
      names = {
        "JOB_STATE_DENIED",
        "JOB_STATE_QUARANTINED",
        "JOB_STATE_FAILED",
        "JOB_STATE_CANCELLED",
        "JOB_STATE_TIMED_OUT"
      })
  void a_job_that_ends_otherwise_ends_with_4(JobState state) {
    server.events.put(
        "j",
        List.of(
            Samples.event("j", 1, state)
                .setError(JobError.newBuilder().setCode("CODE").setMessage("why"))
                .build()));

    CliRun.Result result = cli().run("watch", "j");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out()).endsWith(" " + Words.of(state) + " CODE: why\n");
  }

  @Test
  void json_is_one_object_a_line() {
    history("j");

    CliRun.Result result = cli().run("watch", "j", "--json");

    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(2))
        .contains("\"event_seq\":\"3\"")
        .contains("\"state\":\"JOB_STATE_EXECUTING\"")
        .contains("\"progress\":0.4")
        .contains("\"time\":\"2026-01-02T03:04:08Z\"");
    assertThat(
            JsonParser.parseString(lines.get(3)).getAsJsonObject().get("terminal").getAsBoolean())
        .isTrue();
  }

  @Test
  void a_lost_connection_is_resumed_after_the_last_event() {
    history("j");
    server.watchEnds.add(new FakeServer.WatchEnd(2, Status.UNAVAILABLE.asRuntimeException()));
    server.watchEnds.add(new FakeServer.WatchEnd(1, null));

    CliRun.Result result = cli().run("watch", "j");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines().map(line -> line.split(" ", -1)[1]))
        .containsExactly("#1", "#2", "#3", "#4");
    assertThat(server.requests(WatchJobsRequest.class))
        .extracting(request -> request.getJobs(0).getAfterEventSeq())
        .containsExactly(0L, 2L, 3L);
    assertThat(result.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("reeve: connection lost ("))
        .allMatch(line -> line.contains("; resuming in "));
  }

  @Test
  void a_server_that_restarts_is_found_again() throws InterruptedException {
    history("j");
    server.watchEnds.add(new FakeServer.WatchEnd(2, Status.UNAVAILABLE.asRuntimeException()));
    CliRun run = cli();
    Thread watcher = Thread.ofVirtual().start(() -> run.run("watch", "j"));
    dev.reeve.testing.Await.until("two events", () -> run.outText().contains("#2"));

    server.restart();
    watcher.join();

    assertThat(run.outText()).contains("#4 COMPLETED");
  }

  @Test
  void it_gives_up_after_a_while_and_says_how_to_go_on() {
    history("j");
    for (int i = 0; i < 50; i++) {
      server.watchEnds.add(
          new FakeServer.WatchEnd(i == 0 ? 2 : 0, Status.UNAVAILABLE.asRuntimeException()));
    }

    CliRun.Result result = cli().run("watch", "j", "--give-up-after", "300ms");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("go on with: reeve watch --after 2 j");
  }

  @Test
  void a_first_connection_that_fails_is_not_tried_again() {
    CliRun.Result result = new CliRun().variable("REEVE_SERVER", "127.0.0.1:1").run("watch", "j");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).doesNotContain("resuming");
  }

  @Test
  void an_unknown_job_is_a_user_error() {
    CliRun.Result result = cli().run("watch", "nobody");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("JOB_NOT_FOUND");
  }

  @Test
  void events_that_are_no_longer_kept_are_passed_over_with_a_note() {
    history("j");
    server.jobs.put("j", Samples.job("j", JobState.JOB_STATE_COMPLETED).setLastEventSeq(4).build());
    server.refusals.add(
        FakeServer.refusal(
            Status.Code.OUT_OF_RANGE,
            "gone",
            ErrorInfo.newBuilder().setReason("CURSOR_OUT_OF_RANGE").build()));

    CliRun.Result result = cli().run("watch", "j");

    assertThat(result.err()).contains("older events are no longer kept");
    assertThat(result.out()).isEqualTo("2026-01-02T03:04:09Z #4 COMPLETED\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void watching_past_the_end_shows_the_end_once_more() {
    server.events.put("j", List.of(Samples.event("j", 9, JobState.JOB_STATE_COMPLETED).build()));

    CliRun.Result result = cli().run("watch", "j", "--after", "8");

    assertThat(result.out()).contains("#9 COMPLETED");
    assertThat(server.request(WatchJobsRequest.class).getJobs(0).getAfterEventSeq()).isEqualTo(8);
  }

  @Test
  void several_jobs_are_named_in_each_line_and_one_failure_decides() {
    history("a");
    server.events.put("b", List.of(Samples.event("b", 1, JobState.JOB_STATE_FAILED).build()));

    CliRun.Result result = cli().terminal(SCREEN).run("watch", "a", "b");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out())
        .contains("2026-01-02T03:04:06Z a #1 QUEUED")
        .contains("2026-01-02T03:04:06Z b #1 FAILED");
  }

  @Test
  void progress_is_a_bar_that_is_drawn_in_its_place_on_a_terminal() {
    history("j");

    CliRun.Result result = cli().terminal(SCREEN).run("watch", "j");

    assertThat(result.out())
        .contains("▕█████████▋              ▏  40 % half way\r\033[K")
        .doesNotContain("#3")
        .contains("#4 COMPLETED\n");
  }

  @Test
  void a_worker_cannot_write_on_the_terminal_through_a_message() {
    server.events.put(
        "j",
        List.of(
            Samples.event("j", 1, JobState.JOB_STATE_EXECUTING)
                .setMessage("\033]0;owned\007\nfake line")
                .setStage("\033[2J")
                .build(),
            Samples.event("j", 2, JobState.JOB_STATE_COMPLETED).build()));

    CliRun.Result result = cli().run("watch", "j");

    assertThat(result.out()).doesNotContain("\033").doesNotContain("\007");
    assertThat(result.out().lines()).hasSize(2);
  }

  private void history(String job) {
    List<JobEvent> events =
        List.of(
            Samples.event(job, 1, JobState.JOB_STATE_QUEUED).build(),
            Samples.event(job, 2, JobState.JOB_STATE_EXECUTING).setStage("RUN").build(),
            Samples.event(job, 3, JobState.JOB_STATE_EXECUTING)
                .setStage("RUN")
                .setProgress(0.4)
                .setMessage("half way")
                .build(),
            Samples.event(job, 4, JobState.JOB_STATE_COMPLETED).build());
    server.events.put(job, events);
  }

  private CliRun cli() {
    return CliRun.against(server);
  }
}
