package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.reeve.testing.RepositoryRoot;
import dev.reeve.wire.cordum.v1.SubmitJobResponse;
import dev.reeve.wire.eigen_api.v1.JobResponse;
import dev.reeve.wire.eigen_api.v1.JobStatus;
import dev.reeve.wire.reeve.v1.JobError;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.PolicyDecision;
import dev.reeve.wire.reeve.v1.PolicyOutcome;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmitTest {
  private static final String JOBS = "src/test/resources/jobs/";
  private static final Path GOLDEN = RepositoryRoot.path().resolve("cli/src/test/resources/golden");

  private final FakeServer server = FakeServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_job_file_becomes_a_request_with_all_it_says() throws IOException {
    submit(JOBS + "full.yaml");

    checkGolden("submit-job-file.txt", server.request(SubmitJobRequest.class));
  }

  @Test
  void options_win_over_the_job_file_and_labels_add_up() throws IOException {
    submit(
        JOBS + "full.yaml",
        "--topic",
        "job.other",
        "--name",
        "mine",
        "--priority",
        "3",
        "--label",
        "team=red",
        "--label",
        "x=a=b",
        "--risk-tag",
        "high",
        "--capability",
        "mail",
        "--requires",
        "net",
        "--meta",
        "k=v",
        "--project",
        "p",
        "--group",
        "g",
        "--depends-on",
        "parent-2",
        "--deadline",
        "5m",
        "--run-timeout",
        "1m30s",
        "--attempts",
        "7",
        "--at-most-once",
        "--job-id",
        "given-1",
        "--idempotency-key",
        "key",
        "--content-type",
        "text/x",
        "--tenant",
        "acme");

    checkGolden("submit-job-file-options.txt", server.request(SubmitJobRequest.class));
    assertThat(server.tenants).containsExactly("acme");
  }

  @Test
  void a_qasm_file_becomes_a_circuit() throws IOException {
    submit(
        JOBS + "bell.qasm",
        "--shots",
        "1000",
        "--seed",
        "-7",
        "--topic",
        "job.quantum.mine",
        "--label",
        "team=red",
        "--risk-tag",
        "a",
        "--risk-tag",
        "b",
        "--meta",
        "k=v",
        "--compiler-option",
        "optimization_level=1",
        "--priority",
        "9",
        "--depends-on",
        "p",
        "--deadline",
        "10s",
        "--idempotency-key",
        "key",
        "--tenant",
        "acme",
        "--project",
        "web");

    checkGolden(
        "submit-circuit.txt", server.request(dev.reeve.wire.eigen_api.v1.SubmitJobRequest.class));
  }

  @Test
  void a_circuit_is_named_after_its_file_and_runs_on_the_local_simulator() {
    submit(JOBS + "bell.qasm");

    var request = server.request(dev.reeve.wire.eigen_api.v1.SubmitJobRequest.class);
    assertThat(request.getName()).isEqualTo("bell");
    assertThat(request.getTarget()).isEqualTo("sim:local");
    assertThat(request.hasPriority()).isFalse();
    assertThat(request.getMetadataMap()).isEmpty();
    assertThat(request.hasEnvelope()).isFalse();
  }

  @Test
  void a_jobspec_becomes_a_circuit_and_unknown_keys_are_passed_over() throws IOException {
    submit(JOBS + "jobspec.yaml");

    checkGolden(
        "submit-jobspec.txt", server.request(dev.reeve.wire.eigen_api.v1.SubmitJobRequest.class));
  }

  @Test
  void a_jobspec_without_program_reads_the_eigen_lang_file_beside_it() {
    submit(JOBS + "jobspec-lang.yaml");

    var program = server.request(dev.reeve.wire.eigen_api.v1.SubmitJobRequest.class).getEigenLang();
    assertThat(program.getSource().toStringUtf8()).startsWith("@hybrid_program\n");
    assertThat(program.getEntrypoint()).isEqualTo("main");
    assertThat(program.getSha256()).isEqualTo("abc");
  }

  @Test
  void an_eigen_lang_file_is_the_program_of_its_job(@TempDir Path folder) throws IOException {
    String source = "@hybrid_program\ndef main():\n    h(0)\n";
    Path file = Files.writeString(folder.resolve("bell.eigen.py"), source);

    submit(file.toString());

    var job = server.request(dev.reeve.wire.eigen_api.v1.SubmitJobRequest.class);
    assertThat(job.getName()).isEqualTo("bell");
    assertThat(job.getTarget()).isEqualTo("sim:local");
    assertThat(job.getEigenLang().getSource().toStringUtf8()).isEqualTo(source);
  }

  @Test
  void a_prompt_goes_to_an_agent() throws IOException {
    submit(
        "--prompt",
        "Sum up",
        "--topic",
        "job.mail",
        "--priority",
        "batch",
        "--label",
        "a=b",
        "--risk-tag",
        "prod",
        "--capability",
        "mail.read",
        "--requires",
        "net",
        "--tenant",
        "acme",
        "--project",
        "web",
        "--idempotency-key",
        "key");

    checkGolden(
        "submit-prompt.txt", server.request(dev.reeve.wire.cordum.v1.SubmitJobRequest.class));
  }

  @Test
  void stdin_is_a_payload_with_and_without_a_dash() {
    CliRun.against(server).stdin("{\"n\": 1}").run("submit", "--topic", "job.echo");
    CliRun.against(server).stdin(new byte[] {1, 2, -1}).run("submit", "-", "--topic", "job.echo");

    List<SubmitJobRequest> requests = server.requests(SubmitJobRequest.class);
    assertThat(requests.get(0).getPayload()).isEqualTo(ByteString.copyFromUtf8("{\"n\": 1}"));
    assertThat(requests.get(0).getContentType()).isEqualTo("application/json");
    assertThat(requests.get(1).getPayload().toByteArray()).containsExactly(1, 2, -1);
    assertThat(requests.get(1).getContentType()).isEqualTo("application/octet-stream");
  }

  @Test
  void nothing_is_read_from_a_terminal() {
    CliRun.Result result =
        CliRun.against(server)
            .terminal(new Terminal(true, true, true, false, 80))
            .run("submit", "--topic", "job.echo");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("nothing to submit");
  }

  @Test
  void a_payload_comes_from_a_file_or_an_option() {
    submit("--topic", "t", "--payload", JOBS + "payload.bin");
    submit("--topic", "t", "--data", "héllo");
    submit(JOBS + "with-file.yaml");
    submit(JOBS + "job.json");
    submit(JOBS + "text.yaml");

    List<SubmitJobRequest> requests = server.requests(SubmitJobRequest.class);
    assertThat(requests.get(0).getPayload().byteAt(1)).isEqualTo((byte) 'P');
    assertThat(requests.get(0).getContentType()).isEqualTo("application/octet-stream");
    assertThat(requests.get(1).getPayload().toStringUtf8()).isEqualTo("héllo");
    assertThat(requests.get(1).getContentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(requests.get(2).getPayload()).isEqualTo(requests.get(0).getPayload());
    assertThat(requests.get(2).getContentType()).isEqualTo("image/png");
    assertThat(requests.get(3).getPayload().toStringUtf8()).isEqualTo("[1,2]");
    assertThat(requests.get(4).getPayload().toStringUtf8()).isEqualTo("plain words");
  }

  @Test
  void a_source_over_the_limit_is_refused_before_it_is_sent(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("big.qasm");
    Files.write(file, new byte[256 * 1024 + 1]);

    CliRun.Result result = submit(file.toString());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("FILE_TOO_LARGE").contains("at most 262144 bytes");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void only_the_id_is_printed_so_that_scripts_can_take_it() {
    CliRun.Result result = submit("--topic", "t", "--data", "x");

    assertThat(result.out()).isEqualTo("job-1\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void a_person_at_a_terminal_is_told_how_to_follow() {
    CliRun.Result result =
        CliRun.against(server)
            .terminal(new Terminal(true, true, true, false, 80))
            .run("submit", "--topic", "t", "--data", "x");

    assertThat(result.err()).isEqualTo("submitted; follow it with: reeve watch job-1\n");
  }

  @Test
  void a_held_job_says_so_in_every_form() {
    server.payloadAnswer =
        Samples.job("job-1", JobState.JOB_STATE_AWAITING_APPROVAL)
            .setPolicy(
                PolicyOutcome.newBuilder()
                    .setDecision(PolicyDecision.POLICY_DECISION_REQUIRE_APPROVAL)
                    .setRuleId("r1"))
            .build();
    server.promptAnswer =
        SubmitJobResponse.newBuilder()
            .setJobId("prompt-1")
            .setStatus("approval_required")
            .setReason("tagged prod")
            .build();
    server.circuitAnswer =
        JobResponse.newBuilder()
            .setJobId("circuit-1")
            .setStatus(JobStatus.newBuilder().setStage("AWAITING_APPROVAL"))
            .build();

    CliRun.Result payload = submit("--topic", "t", "--data", "x");
    CliRun.Result prompt = submit("--prompt", "x");
    CliRun.Result circuit = submit(JOBS + "bell.qasm");

    assertThat(payload.exitCode()).isZero();
    assertThat(payload.err())
        .isEqualTo(
            "waits for approval (require_approval by rule r1);"
                + " `reeve approve job-1` lets it go on\n");
    assertThat(prompt.err()).contains("(tagged prod)").contains("reeve approve prompt-1");
    assertThat(circuit.err()).contains("reeve approve circuit-1");
  }

  @Test
  void waiting_shows_events_beside_and_prints_the_result_alone() {
    Samples.completeWith(server, "job-1", ByteString.copyFromUtf8("{\"n\":1}"), "application/json");
    server.events.put(
        "job-1",
        List.of(
            Samples.event("job-1", 1, JobState.JOB_STATE_QUEUED).build(),
            Samples.event("job-1", 2, JobState.JOB_STATE_COMPLETED).build()));

    CliRun.Result result = submit("--topic", "t", "--data", "x", "--wait");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("{\"n\":1}");
    assertThat(result.err()).startsWith("job job-1\n").contains("#2 COMPLETED");
  }

  @Test
  void waiting_for_a_job_that_fails_ends_with_4() {
    server.jobs.put(
        "job-1",
        Samples.job("job-1", JobState.JOB_STATE_FAILED)
            .setError(JobError.newBuilder().setCode("COMMAND_FAILED").setMessage("boom"))
            .build());
    server.events.put(
        "job-1", List.of(Samples.event("job-1", 1, JobState.JOB_STATE_FAILED).build()));

    CliRun.Result result = submit("--topic", "t", "--data", "x", "--wait");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("reeve: job job-1 ended FAILED: boom\n  reason: COMMAND_FAILED\n");
  }

  @Test
  void durations_and_pairs_are_read_exactly() {
    submit("--topic", "t", "--data", "x", "--deadline", "1h30m250ms", "--label", "a=");

    SubmitJobRequest request = server.request(SubmitJobRequest.class);
    assertThat(request.getDeadline())
        .isEqualTo(Duration.newBuilder().setSeconds(5400).setNanos(250_000_000).build());
    assertThat(request.getLabelsMap()).containsEntry("a", "");
  }

  private CliRun.Result submit(String... arguments) {
    String[] line = new String[arguments.length + 1];
    line[0] = "submit";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return CliRun.against(server).run(line);
  }

  private static void checkGolden(String name, Message message) throws IOException {
    String actual = TextFormat.printer().printToString(message);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN.resolve(name), actual);
    }
    assertThat(actual).isEqualTo(Files.readString(GOLDEN.resolve(name)));
  }
}
