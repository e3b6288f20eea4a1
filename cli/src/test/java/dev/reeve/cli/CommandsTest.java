package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.GetServerInfoResponse;
import dev.reeve.wire.reeve.v1.HealthComponent;
import dev.reeve.wire.reeve.v1.HealthStatus;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import dev.reeve.wire.reeve.v1.RemediateJobRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandsTest {
  private final FakeServer server = FakeServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void each_command_prints_what_the_server_says() throws IOException {
    Samples.fill(server);

    Transcript.check(
        "commands.txt",
        words -> cli().run(words.toArray(String[]::new)),
        text ->
            text.replace(server.address(), "HOST:PORT")
                .replace(BuildVersion.text(), "VERSION")
                .replace(Runtime.version().toString(), "JAVA"));
  }

  @Test
  void filters_of_jobs_reach_the_server() {
    CliRun.Result result =
        cli()
            .run(
                "jobs",
                "--state",
                "queued,executing",
                "--topic",
                "job.echo",
                "--project",
                "",
                "--dialect",
                "eigen",
                "--since",
                "1h",
                "--until",
                "2026-01-02T00:00:00Z",
                "--dead-letter",
                "--limit",
                "7",
                "--tenant",
                "acme");

    assertThat(result.exitCode()).isZero();
    ListJobsRequest request = server.request(ListJobsRequest.class);
    assertThat(request.getStatesList())
        .containsExactly(JobState.JOB_STATE_QUEUED, JobState.JOB_STATE_EXECUTING);
    assertThat(request.getTopic()).isEqualTo("job.echo");
    assertThat(request.hasProject()).isTrue();
    assertThat(request.getDialect()).isEqualTo(Dialect.DIALECT_EIGEN);
    assertThat(request.getCreatedAfter()).isEqualTo(Samples.time(-3600));
    assertThat(request.getCreatedBefore()).isEqualTo(Samples.time(-3 * 3600 - 4 * 60 - 5));
    assertThat(request.getDeadLetter()).isTrue();
    assertThat(request.getPageSize()).isEqualTo(7);
    assertThat(request.getTenant()).isEqualTo("acme");
    assertThat(server.tenants).containsExactly("acme");
    assertThat(result.err()).isEqualTo("no jobs\n");
  }

  @Test
  void jobs_follows_pages_up_to_the_limit() {
    Samples.fill(server);

    CliRun.Result result = cli().run("jobs", "--json", "--limit", "5");

    assertThat(result.out().lines()).hasSize(5);
    assertThat(server.requests(ListJobsRequest.class)).hasSize(3);
  }

  @Test
  void reasons_and_comments_reach_the_server() {
    Samples.fill(server);

    cli().run("cancel", "run", "--reason", "too late");
    cli().run("approve", "held", "--comment", "fine");
    cli().run("reject", "held", "--reason", "no");
    cli().run("remediate", "held", "staging", "--prompt", "again", "--job-id", "new");

    assertThat(server.request(CancelJobRequest.class).getReason()).isEqualTo("too late");
    assertThat(server.request(ApproveJobRequest.class).getComment()).isEqualTo("fine");
    assertThat(server.request(RejectJobRequest.class).getReason()).isEqualTo("no");
    assertThat(server.request(RemediateJobRequest.class))
        .isEqualTo(
            RemediateJobRequest.newBuilder()
                .setJobId("held")
                .setRemediationId("staging")
                .setPayload(ByteString.copyFromUtf8("again"))
                .setNewJobId("new")
                .build());
  }

  @Test
  void the_server_option_wins_over_the_variable() {
    Samples.fill(server);

    CliRun.Result result =
        new CliRun()
            .variable("REEVE_SERVER", "127.0.0.1:1")
            .run("status", "run", "--server", server.address());

    assertThat(result.exitCode()).isZero();
  }

  @Test
  void a_histogram_is_drawn_on_a_terminal_and_plain_without_colours() {
    Samples.fill(server);
    Terminal drawing = new Terminal(true, true, true, false, 60);
    Terminal plain = new Terminal(true, true, true, true, 60);

    CliRun.Result drawn = cli().terminal(drawing).run("results", "bell");
    CliRun.Result ascii = cli().terminal(plain).run("results", "bell");

    assertThat(drawn.out()).contains("00  █████");
    assertThat(ascii.out()).contains("00  #####").doesNotContain("█");
  }

  @Test
  void a_result_is_written_to_a_file_as_it_is(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[700_000];
    new java.util.SplittableRandom(4).nextBytes(bytes);
    Samples.completeWith(server, "big", ByteString.copyFrom(bytes), "application/octet-stream");
    Path file = folder.resolve("result.bin");

    CliRun.Result result = cli().run("results", "big", "--out", file.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void counts_are_written_to_a_file_as_json(@TempDir Path folder) throws IOException {
    Samples.fill(server);
    Path file = folder.resolve("counts.json");

    CliRun.Result result = cli().run("results", "bell", "--out", file.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(Files.readString(file)).contains("\"counts\":{\"00\":527,\"11\":497}");
  }

  @Test
  void a_result_that_is_not_as_announced_fails_and_leaves_no_file(@TempDir Path folder) {
    Samples.completeWith(server, "big", ByteString.copyFromUtf8("right"), "text/plain");
    server.results.put("big", ByteString.copyFromUtf8("wrong"));
    Path file = folder.resolve("result.txt");

    CliRun.Result result = cli().run("results", "big", "--out", file.toString());

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("RESULT_DAMAGED").contains("announced: 5 bytes");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_result_goes_nowhere_when_the_file_cannot_be_written() {
    Samples.fill(server);

    CliRun.Result result = cli().run("results", "done", "--out", "/nowhere/at/all");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("FILE_UNREADABLE").contains("cannot be written");
  }

  @Test
  void bytes_that_would_upset_a_terminal_are_not_printed_on_one() {
    Samples.fill(server);

    CliRun.Result onTerminal =
        cli().terminal(new Terminal(true, true, true, false, 80)).run("results", "binary");
    CliRun.Result piped = cli().run("results", "binary");

    assertThat(onTerminal.exitCode()).isEqualTo(2);
    assertThat(onTerminal.bytes().toArray()).isEmpty();
    assertThat(onTerminal.err()).contains("reeve results binary --out FILE");
    assertThat(piped.bytes().toArray()).containsExactly(0, 1, 2, -1);
  }

  @Test
  void doctor_fails_when_a_part_of_the_server_does() {
    server.info =
        GetServerInfoResponse.newBuilder()
            .setVersion("9.9.9")
            .addHealth(
                HealthComponent.newBuilder()
                    .setName("store")
                    .setStatus(HealthStatus.HEALTH_STATUS_NOT_SERVING)
                    .setMessage("disk full"))
            .build();

    CliRun.Result result = cli().run("doctor");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out())
        .contains("fail  health     store: disk full")
        .contains("warn  server     version 9.9.9")
        .contains("warn  policy     none in force");
  }

  @Test
  void doctor_tells_a_server_that_is_away_from_one_that_is_ill() {
    CliRun.Result result = new CliRun().variable("REEVE_SERVER", "127.0.0.1:1").run("doctor");

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).contains("fail  server     cannot reach the server at 127.0.0.1:1");
  }

  @Test
  void doctor_warns_when_a_worker_could_not_run_here() {
    CliRun.Result result = cli().variable("PATH", "").run("doctor");

    assertThat(result.out()).contains("warn  worker     neither setsid nor perl on PATH");
  }

  @Test
  void an_embedding_program_adds_commands_and_the_default_configuration() {
    CommandSpec up = CommandSpec.create().name("up");
    up.usageMessage().description("Start a server.");
    CommandLine command = new CommandLine(up);
    Optional<java.util.function.Supplier<String>> defaults =
        Optional.of(() -> "# defaults\nport: 50051");

    CliRun.Result help = new CliRun().embedding(command, defaults).run("help");
    CliRun.Result config =
        new CliRun().embedding(command, defaults).run("config", "print", "--defaults");

    assertThat(help.out()).contains("The server:\n  up          Start a server.");
    for (String[] asked : new String[][] {{"up", "--help"}, {"up", "-h"}, {"help", "up"}}) {
      CliRun.Result shown = new CliRun().embedding(command, defaults).run(asked);
      assertThat(shown.exitCode()).isZero();
      assertThat(shown.out()).contains("Usage: reeve up", "Start a server.");
    }
    assertThat(config.out()).isEqualTo("# defaults\nport: 50051\n");
  }

  @Test
  void completion_knows_every_command_and_option() {
    CliRun.Result result = new CliRun().run("completion", "bash");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("complete -F _complete_reeve")
        .contains("bashcompinit")
        .contains("rationale")
        .contains("--idempotency-key");
    assertThat(new CliRun().run("completion", "zsh").out()).isEqualTo(result.out());
  }

  @Test
  void nothing_asked_shows_the_commands_and_fails() {
    CliRun.Result nothing = new CliRun().run();
    CliRun.Result help = new CliRun().run("help");

    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.err()).isEqualTo(help.out());
    assertThat(help.exitCode()).isZero();
  }

  private CliRun cli() {
    return CliRun.against(server).clock(() -> Samples.NOW);
  }
}
