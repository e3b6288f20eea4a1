package dev.reeve.cli;

import static dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase.COMPLETE;
import static dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase.CREDIT;
import static dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase.FAIL;
import static dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase.HEARTBEAT;
import static dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase.PROGRESS;
import static dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase.REGISTER;
import static dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import dev.reeve.cli.FakeWorkerService.Conversation;
import dev.reeve.testing.Await;
import dev.reeve.wire.reeve.v1.DispatchComplete;
import dev.reeve.wire.reeve.v1.DispatchFail;
import dev.reeve.wire.reeve.v1.DispatchOutcome;
import dev.reeve.wire.reeve.v1.WorkerRegistration;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worker with a server of the test's own and real commands.
class WorkerTest {
  @TempDir private Path folder;

  private final FakeServer server = FakeServer.start();
  private final Signal signal = new Signal();
  private final CliRun run = CliRun.against(server).stopSignals(signal);
  private final AtomicReference<CliRun.@Nullable Result> result = new AtomicReference<>();
  private @Nullable Thread worker;
  private boolean holdsOnStop;

  @AfterEach
  void stop() throws InterruptedException {
    server.workers.agreeToEverything();
    signal.raise();
    if (worker != null) {
      worker.join();
    }
    server.close();
  }

  @Test
  void it_registers_what_it_is_and_grants_credit_for_its_slots() throws InterruptedException {
    start(
        "cat",
        "--concurrency",
        "3",
        "--id",
        "w-1",
        "--label",
        "zone=a",
        "--capability",
        "gpu",
        "--topic",
        "job.b.*");

    Conversation conversation = server.workers.next().register();

    WorkerRegistration registration = conversation.await(REGISTER, 1).getRegister();
    assertThat(registration.getWorkerId()).isEqualTo("w-1");
    assertThat(registration.getTopicsList()).containsExactly("job.test", "job.b.*");
    assertThat(registration.getMaxParallel()).isEqualTo(3);
    assertThat(registration.getLabelsMap()).containsEntry("zone", "a");
    assertThat(registration.getCapabilitiesList()).containsExactly("gpu");
    assertThat(registration.getResumeDispatchIdsList()).isEmpty();
    conversation.await(CREDIT, 1);
    assertThat(conversation.credit()).isEqualTo(3);
  }

  @Test
  void a_worker_without_a_name_makes_one_of_its_own() throws InterruptedException {
    start("cat");

    String id = server.workers.next().await(REGISTER, 1).getRegister().getWorkerId();

    assertThat(id).matches(".+-" + pid() + "-[0-9a-f]{4}");
  }

  @Test
  void the_payload_is_stdin_and_stdout_is_the_result() throws InterruptedException {
    Conversation conversation = serve("tr a-z A-Z");

    conversation.assign("1.1.1", "{\"say\": \"hello\"}");

    assertThat(conversation.await(STARTED, 1).getStarted().getDispatchId()).isEqualTo("1.1.1");
    DispatchComplete complete = conversation.await(COMPLETE, 1).getComplete();
    assertThat(complete.getDispatchId()).isEqualTo("1.1.1");
    assertThat(complete.getResult().toStringUtf8()).isEqualTo("{\"SAY\": \"HELLO\"}");
    assertThat(complete.getContentType()).isEqualTo("application/json");
  }

  @Test
  void the_command_sees_its_job_in_variables() throws InterruptedException {
    run.variable("REEVE_META_OLD", "of an outer job");
    Conversation conversation = serve("env | grep ^REEVE_ | grep -v REEVE_SERVER | sort");

    conversation.assign(
        Conversation.assignment("1.1.2")
            .setAttempt(2)
            .putMetadata("customer.id", "7")
            .putMetadata("Über-key", "x=y\nz"));

    assertThat(conversation.await(COMPLETE, 1).getComplete().getResult().toStringUtf8())
        .isEqualTo(
            """
            REEVE_ATTEMPT=2
            REEVE_JOB_ID=job-of-1.1.2
            REEVE_META_CUSTOMER_ID=7
            REEVE_META__BER_KEY=x=y
            REEVE_TENANT=acme
            REEVE_TOPIC=job.test
            """);
  }

  @Test
  void exit_code_75_asks_for_a_retry() throws InterruptedException {
    Conversation conversation = serve("echo later >&2; exit 75");

    conversation.assign("1.1.1", "");

    DispatchFail fail = conversation.await(FAIL, 1).getFail();
    assertThat(fail.getRetryable()).isTrue();
    assertThat(fail.getMessage()).isEqualTo("later");
    assertThat(fail.getCode()).isEqualTo("COMMAND_ASKED_FOR_RETRY");
  }

  @Test
  void any_other_exit_code_fails_with_the_last_lines_of_stderr() throws InterruptedException {
    Conversation conversation = serve("seq 1 30 >&2; printf 'no line end' >&2; exit 3");

    conversation.assign("1.1.1", "");

    DispatchFail fail = conversation.await(FAIL, 1).getFail();
    assertThat(fail.getRetryable()).isFalse();
    assertThat(fail.getCode()).isEqualTo("COMMAND_FAILED");
    assertThat(fail.getMessage().lines()).hasSize(20).startsWith("12").endsWith("no line end");
  }

  @Test
  void a_silent_failure_names_the_exit_code_or_the_signal() throws InterruptedException {
    Conversation conversation = serve("read x; eval \"$x\"");

    conversation.assign("1.1.1", "exit 9\n");
    conversation.await(FAIL, 1);
    conversation.acknowledge("1.1.1");
    conversation.assign("1.2.1", "kill -9 $$\n");

    assertThat(conversation.await(FAIL, 1).getFail().getMessage())
        .isEqualTo("the command ended with exit code 9");
    assertThat(conversation.await(FAIL, 2).getFail().getMessage())
        .isEqualTo("the command was killed by signal 9");
  }

  @Test
  void a_command_that_does_not_exist_is_a_failure_that_says_so() throws InterruptedException {
    Conversation conversation = serve("no-such-program-here");

    conversation.assign("1.1.1", "");

    assertThat(conversation.await(FAIL, 1).getFail().getMessage())
        .contains("no-such-program-here")
        .contains("not found");
  }

  @Test
  void progress_lines_are_reported_and_not_kept() throws InterruptedException {
    Conversation conversation =
        serve(
            "echo 'progress 0.25 reading' >&2; sleep 0.6; echo 'progress 80%' >&2; read x; exit 1");

    conversation.assign("1.1.1", "\n");

    conversation.await(FAIL, 1);
    assertThat(conversation.all(PROGRESS))
        .first()
        .satisfies(message -> {
          assertThat(message.getProgress().getFraction()).isEqualTo(0.25);
          assertThat(message.getProgress().getMessage()).isEqualTo("reading");
        });
    assertThat(conversation.await(FAIL, 1).getFail().getMessage())
        .isEqualTo("the command ended with exit code 1");
  }

  @Test
  void a_flood_of_progress_is_thinned_to_the_newest() throws InterruptedException {
    Conversation conversation =
        serve(
            "for i in $(seq 1 5000); do echo \"progress 0.$((i % 90 + 10)) n$i\"; done >&2; sleep"
                + " 1");

    conversation.assign("1.1.1", "");

    conversation.await(COMPLETE, 1);
    assertThat(conversation.all(PROGRESS).count()).isBetween(1L, 10L);
    assertThat(conversation.all(PROGRESS))
        .last()
        .satisfies(message -> assertThat(message.getProgress().getMessage()).isEqualTo("n5000"));
  }

  @Test
  void heartbeats_name_what_is_open() throws InterruptedException {
    Conversation conversation = serve("sleep 300");
    conversation.assign("1.1.1", "");

    Await.until(
        "a heartbeat with the dispatch",
        () ->
            conversation
                .all(HEARTBEAT)
                .anyMatch(beat -> beat.getHeartbeat().getDispatchIdsList().contains("1.1.1")));
  }

  @Test
  void a_run_that_takes_too_long_is_killed_with_all_it_started() throws Exception {
    Conversation conversation = serve(spawning("sleep 300"), "--timeout", "300ms");

    conversation.assign("1.1.1", "");

    DispatchFail fail = conversation.await(FAIL, 1).getFail();
    assertThat(fail.getCode()).isEqualTo("WORKER_TIMEOUT");
    assertThat(fail.getRetryable()).isFalse();
    assertThat(fail.getMessage()).isEqualTo("the command ran longer than 300ms");
    assertGone(spawned());
  }

  @Test
  void a_cancelled_run_is_killed_unreported_and_its_slot_is_free_again() throws Exception {
    Conversation conversation = serve(spawning("sleep 300"));
    conversation.assign("1.1.1", "");
    List<Long> processes = spawned();

    conversation.cancel("1.1.1");

    conversation.await(CREDIT, 2);
    assertThat(conversation.credit()).isEqualTo(2);
    assertGone(processes);
    assertThat(conversation.kinds()).doesNotContain(FAIL, COMPLETE);
  }

  @Test
  void a_command_that_ignores_the_request_to_end_is_killed() throws Exception {
    Conversation conversation =
        serve("trap '' TERM; " + spawning("sleep 300"), "--kill-grace", "200ms");
    conversation.assign("1.1.1", "");
    List<Long> processes = spawned();

    conversation.cancel("1.1.1");

    conversation.await(CREDIT, 2);
    assertGone(processes);
  }

  @Test
  void a_command_may_clean_up_when_it_is_asked_to_end() throws Exception {
    Path mark = folder.resolve("cleaned");
    Conversation conversation =
        serve(
            "trap 'touch "
                + mark
                + "; exit 0' TERM; echo > "
                + folder.resolve("ready")
                + "; while :; do sleep 0.05; done");
    conversation.assign("1.1.1", "");
    Await.until("ready", () -> Files.exists(folder.resolve("ready")));

    conversation.cancel("1.1.1");

    conversation.await(CREDIT, 2);
    assertThat(mark).exists();
  }

  @Test
  void what_a_command_leaves_behind_ends_with_it() throws Exception {
    Conversation conversation =
        serve("sleep 300 & echo $! > " + folder.resolve("1") + "; echo done");

    conversation.assign("1.1.1", "");

    assertThat(conversation.await(COMPLETE, 1).getComplete().getResult().toStringUtf8())
        .isEqualTo("done\n");
    assertGone(List.of(Long.parseLong(Files.readString(folder.resolve("1")).strip())));
  }

  @Test
  void a_result_beyond_the_limit_is_a_failure() throws InterruptedException {
    Conversation conversation = serve("head -c 67108865 /dev/zero; sleep 300");

    conversation.assign("1.1.1", "");

    DispatchFail fail = conversation.await(FAIL, 1).getFail();
    assertThat(fail.getCode()).isEqualTo("RESULT_TOO_LARGE");
    assertThat(fail.getRetryable()).isFalse();
  }

  @Test
  void the_largest_result_arrives_whole() throws InterruptedException {
    Conversation conversation = serve("head -c 67108864 /dev/zero");

    conversation.assign("1.1.1", "");

    assertThat(conversation.await(COMPLETE, 1).getComplete().getResult().size())
        .isEqualTo(67108864);
  }

  @Test
  void a_command_need_not_read_its_payload() throws InterruptedException {
    Conversation conversation = serve("echo fine");

    conversation.assign(
        Conversation.assignment("1.1.1").setPayload(ByteString.copyFrom(new byte[4_000_000])));

    assertThat(conversation.await(COMPLETE, 1).getComplete().getResult().toStringUtf8())
        .isEqualTo("fine\n");
  }

  @Test
  void large_payloads_and_results_pass_through_unchanged() throws InterruptedException {
    byte[] bytes = new byte[3_000_000];
    new java.util.SplittableRandom(7).nextBytes(bytes);
    Conversation conversation = serve("cat");

    conversation.assign(Conversation.assignment("1.1.1").setPayload(ByteString.copyFrom(bytes)));

    assertThat(conversation.await(COMPLETE, 1).getComplete().getResult().toByteArray())
        .isEqualTo(bytes);
  }

  @Test
  void a_slot_is_free_once_the_report_is_acknowledged() throws InterruptedException {
    Conversation conversation = serve("cat");
    conversation.assign("1.1.1", "");
    conversation.await(COMPLETE, 1);

    conversation.acknowledge("1.1.1");
    conversation.await(CREDIT, 2);
    conversation.assign("1.2.1", "");
    conversation.await(COMPLETE, 2);
    conversation.acknowledge("1.2.1", DispatchOutcome.DISPATCH_OUTCOME_FENCED);
    conversation.await(CREDIT, 3);

    assertThat(conversation.credit()).isEqualTo(3);
    assertThat(run.errText()).contains("another attempt has taken over");
  }

  @Test
  void as_many_run_at_once_as_there_are_slots() throws InterruptedException {
    Conversation conversation =
        serve("touch " + folder + "/$REEVE_JOB_ID; sleep 300", "--concurrency", "2");

    conversation.assign("1.1.1", "");
    conversation.assign("1.2.1", "");
    conversation.assign("1.2.1", "");

    Await.until(
        "both run",
        () ->
            Files.exists(folder.resolve("job-of-1.1.1"))
                && Files.exists(folder.resolve("job-of-1.2.1")));
    assertThat(conversation.all(STARTED)).hasSize(2);
  }

  @Test
  void a_server_that_assigns_more_than_it_was_granted_is_left_without_a_failed_job()
      throws InterruptedException {
    Conversation first = serve("sleep 300");

    first.assign("1.1.1", "");
    first.assign("1.2.1", "");
    Conversation second = server.workers.next();

    assertThat(second.await(REGISTER, 1).getRegister().getResumeDispatchIdsList())
        .containsExactly("1.1.1");
    assertThat(first.kinds()).doesNotContain(FAIL);
    assertThat(run.errText()).contains("assigned more than it was granted");
    second.register("1.1.1");
  }

  @Test
  void a_run_survives_a_lost_connection_and_reports_on_the_next() throws InterruptedException {
    Conversation first =
        serve("read x; while [ ! -e " + folder + "/go ]; do sleep 0.05; done; echo ok");
    first.assign("1.1.1", "\n");
    first.await(STARTED, 1);

    first.fail(Status.UNAVAILABLE.asRuntimeException());
    Conversation second = server.workers.next();
    WorkerRegistration registration = second.await(REGISTER, 1).getRegister();
    second.register("1.1.1");
    touch("go");

    assertThat(registration.getResumeDispatchIdsList()).containsExactly("1.1.1");
    assertThat(second.await(COMPLETE, 1).getComplete().getResult().toStringUtf8())
        .isEqualTo("ok\n");
    assertThat(second.kinds()).doesNotContain(CREDIT, STARTED);
    second.acknowledge("1.1.1");
    second.await(CREDIT, 1);
    assertThat(run.errText()).contains("not connected").contains("trying again in");
  }

  @Test
  void a_run_whose_lease_is_lost_is_killed_after_the_reconnect() throws Exception {
    Conversation first = serve(spawning("sleep 300"));
    first.assign("1.1.1", "");
    List<Long> processes = spawned();

    first.fail(Status.UNAVAILABLE.asRuntimeException());
    Conversation second = server.workers.next().register();

    assertGone(processes);
    second.await(CREDIT, 1);
    assertThat(second.credit()).isEqualTo(1);
    assertThat(second.kinds()).doesNotContain(FAIL, COMPLETE);
  }

  @Test
  void a_report_without_an_answer_is_repeated_and_in_the_end_replaced()
      throws InterruptedException {
    Conversation conversation = serve("cat");
    conversation.assign("1.1.1", "x");
    for (int i = 0; i < 3; i++) {
      assertThat(conversation.await(COMPLETE, 1).getComplete().getResult().toStringUtf8())
          .isEqualTo("x");
      conversation.fail(Status.RESOURCE_EXHAUSTED.asRuntimeException());
      conversation = server.workers.next().register("1.1.1");
    }

    assertThat(conversation.await(FAIL, 1).getFail().getCode()).isEqualTo("RESULT_UNDELIVERABLE");
  }

  @Test
  void a_server_that_restarts_is_found_again() throws InterruptedException {
    Conversation first = serve("cat");
    first.await(CREDIT, 1);

    server.restart();
    Conversation second = server.workers.next().register();
    second.await(CREDIT, 1);
    second.assign("1.1.1", "again");

    assertThat(second.await(COMPLETE, 1).getComplete().getResult().toStringUtf8())
        .isEqualTo("again");
  }

  @Test
  void a_server_that_is_not_there_yet_is_waited_for() throws InterruptedException {
    server.stop();
    start("cat");
    Await.until("tried", () -> run.errText().contains("not connected"));

    server.resume();

    server.workers.next().register().await(CREDIT, 1);
  }

  @Test
  void a_refusal_for_good_at_the_first_registration_ends_the_worker() throws InterruptedException {
    server.workers.refusals.add(
        FakeServer.refusal(
            Status.Code.INVALID_ARGUMENT,
            "topics: \"job..x\" (expected: a topic)",
            ErrorInfo.newBuilder().setReason("TOPIC_INVALID").build()));

    start("cat");
    end();

    assertThat(exitCode()).isEqualTo(2);
    assertThat(run.errText()).contains("reeve: topics: \"job..x\"").contains("TOPIC_INVALID");
  }

  @Test
  void a_refusal_after_a_registration_is_tried_again() throws InterruptedException {
    Conversation first = serve("cat");
    first.await(CREDIT, 1);
    server.workers.refusals.add(FakeServer.refusal(Status.Code.PERMISSION_DENIED, "not now"));

    first.fail(Status.UNAVAILABLE.asRuntimeException());

    server.workers.next().register().await(CREDIT, 1);
  }

  @Test
  void a_draining_server_gets_the_open_runs_and_then_a_new_connection()
      throws InterruptedException {
    Conversation first = serve("while [ ! -e " + folder + "/go ]; do sleep 0.05; done; echo ok");
    first.assign("1.1.1", "");
    first.await(STARTED, 1);

    first.drain();
    touch("go");
    first.await(COMPLETE, 1);
    first.acknowledge("1.1.1");
    Conversation second = server.workers.next().register();

    second.await(CREDIT, 1);
    assertThat(first.credit()).isEqualTo(1);
    Await.until("the first is over", first::isOver);
    assertThat(run.errText()).contains("the server sends no more work (shutting down)");
  }

  @Test
  void a_stop_lets_open_runs_finish_and_takes_nothing_new() throws InterruptedException {
    holdsOnStop = true;
    Conversation conversation =
        serve(
            "while [ ! -e " + folder + "/go ]; do sleep 0.05; done; echo ok", "--concurrency", "2");
    conversation.assign("1.1.1", "");
    conversation.await(STARTED, 1);

    Thread signalling = Thread.ofVirtual().start(signal::raise);
    Await.until("stopping", () -> run.errText().contains("stopping; 1 open"));
    conversation.assign("1.2.1", "");
    touch("go");
    conversation.await(COMPLETE, 1);
    conversation.acknowledge("1.1.1");
    end();
    signalling.join();

    assertThat(exitCode()).isZero();
    assertThat(conversation.all(STARTED)).hasSize(1);
    assertThat(conversation.kinds()).doesNotContain(FAIL);
    assertThat(conversation.saidGoodbye()).isTrue();
  }

  @Test
  void a_stop_that_takes_too_long_ends_the_run_and_gives_it_back_by_hanging_up() throws Exception {
    Conversation conversation = serve(spawning("sleep 300"), "--stop-grace", "100ms");
    conversation.assign("1.1.1", "");
    List<Long> processes = spawned();

    Thread signalling = Thread.ofVirtual().start(signal::raise);
    end();
    signalling.join();

    assertGone(processes);
    assertThat(conversation.kinds()).doesNotContain(FAIL, COMPLETE);
    assertThat(conversation.saidGoodbye()).isTrue();
    assertThat(exitCode()).isZero();
  }

  @Test
  void a_stop_while_the_server_is_away_ends_all_the_same() throws Exception {
    Conversation conversation =
        serve(spawning("sleep 300"), "--stop-grace", "100ms", "--kill-grace", "100ms");
    conversation.assign("1.1.1", "");
    List<Long> processes = spawned();
    server.stop();

    Thread signalling = Thread.ofVirtual().start(signal::raise);
    end();
    signalling.join();

    assertGone(processes);
    assertThat(exitCode()).isZero();
  }

  @Test
  void a_silent_server_is_given_up_and_tried_again() throws InterruptedException {
    start("cat");
    Conversation silent = server.workers.next();

    Conversation second = server.workers.next().register();

    second.await(CREDIT, 1);
    assertThat(silent.isOver()).isTrue();
    assertThat(run.errText()).contains("no answer to the registration");
  }

  @Test
  void json_tells_programs_what_happens() throws InterruptedException {
    Conversation conversation = serve("cat", "--json", "--id", "w-1");
    conversation.assign("1.1.1", "abc");
    conversation.await(COMPLETE, 1);
    conversation.acknowledge("1.1.1");
    conversation.await(CREDIT, 2);

    assertThat(run.outText().lines().map(line -> line.replaceAll("\"took_ms\":\\d+", "TOOK")))
        .containsExactly(
            "{\"event\":\"connected\",\"worker_id\":\"w-1\",\"session_id\":\"session\"}",
            "{\"event\":\"started\",\"worker_id\":\"w-1\",\"job_id\":\"job-of-1.1.1\",\"attempt\":1}",
            "{\"event\":\"ended\",\"worker_id\":\"w-1\",\"job_id\":\"job-of-1.1.1\",\"attempt\":1,"
                + "\"outcome\":\"succeeded, 3 bytes\",TOOK}");
    assertThat(run.errText()).isEmpty();
  }

  @Test
  void a_machine_without_setsid_and_perl_is_told_what_is_missing() {
    CliRun.Result refused =
        CliRun.against(server).variable("PATH", "").run("worker", "--topic", "t", "--exec", "cat");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("setsid").contains("TOOL_MISSING");
  }

  /// A command that starts a child and writes down both process ids before it goes on.
  private String spawning(String rest) {
    return "sleep 300 & echo $! > %1$s/1.new; mv %1$s/1.new %1$s/1; echo $$ > %1$s/2.new; mv %1$s/2.new %1$s/2; %2$s"
        .formatted(folder, rest);
  }

  private List<Long> spawned() throws IOException {
    List<Long> processes = new ArrayList<>();
    for (String name : List.of("1", "2")) {
      Await.until("process " + name, () -> Files.exists(folder.resolve(name)));
      processes.add(Long.parseLong(Files.readString(folder.resolve(name)).strip()));
    }
    return processes;
  }

  private static void assertGone(List<Long> processes) {
    for (long process : processes) {
      Await.until("process " + process + " gone", () -> !isAlive(process));
    }
  }

  /// A process that nobody has waited for is gone all the same.
  private static boolean isAlive(long process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private void touch(String name) {
    try {
      Files.createFile(folder.resolve(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void start(String command, String... options) {
    List<String> line =
        new ArrayList<>(List.of("worker", "--topic", "job.test", "--exec", command));
    line.addAll(List.of(options));
    // A run that a test leaves behind must not hold up the next test.
    if (!line.contains("--stop-grace") && !holdsOnStop) {
      line.addAll(List.of("--stop-grace", "50ms"));
    }
    worker = Thread.ofPlatform().start(() -> result.set(run.run(line.toArray(String[]::new))));
  }

  private Conversation serve(String command, String... options) throws InterruptedException {
    start(command, options);
    return server.workers.next().register();
  }

  private void end() throws InterruptedException {
    if (worker != null) {
      worker.join();
    }
  }

  private int exitCode() {
    CliRun.Result ended = result.get();
    if (ended == null) {
      throw new AssertionError("the worker is still running");
    }
    return ended.exitCode();
  }

  /// A stop signal that the test raises.
  private static final class Signal implements StopSignals {
    private final AtomicReference<@Nullable Runnable> action = new AtomicReference<>();

    @Override
    public Registration onStop(Runnable onStop) {
      action.set(onStop);
      return () -> action.set(null);
    }

    /// Returns when the command has ended, as a process would.
    void raise() {
      Runnable onStop = action.get();
      if (onStop != null) {
        onStop.run();
      }
    }
  }
}
