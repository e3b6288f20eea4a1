package dev.reeve.gateway.mathison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.Refusals;
import dev.reeve.gateway.TestWorker;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.testing.Golden;
import dev.reeve.wire.mathison.JobResult;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.JobStatus;
import dev.reeve.wire.mathison.JobStatusRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import dev.reeve.wire.mathison.ReadNodeRequest;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MathisonServiceTest {
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) ->
          List.of(MathisonDialect.create(services), ReeveFixture.dialect(services, archive)));
  private final MathisonServiceGrpc.MathisonServiceBlockingStub mathison =
      MathisonServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JobRunRequest.Builder job(String id) {
    return JobRunRequest.newBuilder().setJobType("open.m").setJobId(id);
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }

  /// Answers `running` at once, because the caller's deadline is near.
  private JobResult runShortly(JobRunRequest.Builder request) {
    return mathison.withDeadlineAfter(2, TimeUnit.SECONDS).runJob(request.build());
  }

  private JobResult runWith(TestWorker worker, String id, String contentType, String result) {
    CompletableFuture<JobResult> answer =
        CompletableFuture.supplyAsync(() -> mathison.runJob(job(id).build()));
    worker.complete(worker.assignmentOf(id), contentType, result);
    return answer.join();
  }

  private List<JobStatus> stream(String id) {
    List<JobStatus> events = new ArrayList<>();
    mathison
        .streamJobStatus(JobStatusRequest.newBuilder().setJobId(id).build())
        .forEachRemaining(events::add);
    return events;
  }

  @Test
  void a_run_waits_for_its_end_and_answers_an_object() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 3, "job.open.m");

    JobResult object = runWith(worker, "object", "application/json", "{\"a\": 1}");
    JobResult number = runWith(worker, "number", "application/json", "17");
    JobResult words = runWith(worker, "words", "text/plain", "plain \"words\"");

    assertThat(object.getStatus()).isEqualTo("completed");
    assertThat(object.getOutputs().toStringUtf8()).isEqualTo("{\"a\": 1}");
    assertThat(object.getReceiptId()).isNotEmpty();
    assertThat(number.getOutputs().toStringUtf8()).isEqualTo("{\"result\":17}");
    assertThat(words.getOutputs().toStringUtf8()).isEqualTo("{\"result\":\"plain \\\"words\\\"\"}");
    assertThat(worker.assignments().getFirst().getPayload().toStringUtf8()).isEqualTo("{}");
  }

  @Test
  void a_run_that_does_not_end_in_time_is_running_and_can_be_asked_again() {
    JobResult running = runShortly(job("slow"));

    JobStatus status =
        mathison.getJobStatus(JobStatusRequest.newBuilder().setJobId("slow").build());

    assertThat(running.getStatus()).isEqualTo("running");
    assertThat(running.getOutputs().isEmpty()).isTrue();
    assertThat(status.getCurrentStage()).isEqualTo("QUEUED");
    assertThat(status.getStartTime()).isGreaterThan(1_700_000_000_000L);
    assertThat(status.getEndTime()).isZero();
  }

  @Test
  void a_given_id_is_one_job_for_the_same_inputs_and_a_conflict_for_others() {
    runShortly(job("one").setInputs(text("{}")));

    assertThat(runShortly(job("one")).getJobId()).isEqualTo("one");
    assertThat(Refusals.of(() -> runShortly(job("one").setInputs(text("{\"a\":1}")))))
        .isEqualTo("FAILED_PRECONDITION IDEMPOTENCY_CONFLICT []");
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-tenant-id", Metadata.ASCII_STRING_MARSHALLER), "other");
    assertThat(
            Refusals.of(() ->
                mathison
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .runJob(job("one").build())))
        .isEqualTo("ALREADY_EXISTS JOB_ID_TAKEN []");
  }

  @Test
  void an_id_of_another_api_is_taken() {
    dev.reeve.wire.reeve.v1.JobServiceGrpc.newBlockingStub(gateway.channel())
        .submitJob(
            dev.reeve.wire.reeve.v1.SubmitJobRequest.newBuilder()
                .setJobId("one")
                .setTopic("job.open.m")
                .build());

    assertThat(Refusals.of(() -> runShortly(job("one"))))
        .isEqualTo("ALREADY_EXISTS JOB_ID_TAKEN []");
  }

  @Test
  void a_denied_run_says_so_each_time() {
    JobRunRequest.Builder denied = job("no").setJobType("secret");

    assertThat(Refusals.of(() -> runShortly(denied)))
        .isEqualTo("PERMISSION_DENIED GOVERNANCE_DENY []");
    assertThat(Refusals.of(() -> runShortly(denied)))
        .isEqualTo("PERMISSION_DENIED GOVERNANCE_DENY []");
    assertThat(Refusals.of(() -> runShortly(denied.clone().setInputs(text("1")))))
        .isEqualTo("FAILED_PRECONDITION IDEMPOTENCY_CONFLICT []");
  }

  @Test
  void a_stream_counts_from_one_and_ends_with_the_job() {
    TestWorker worker = TestWorker.serving(gateway.channel(), "w", 1, "job.open.m");
    runWith(worker, "one", "application/json", "{}");

    List<JobStatus> events = stream("one");

    assertThat(events.getFirst().getSequence()).isEqualTo(1);
    assertThat(events).extracting(JobStatus::getSequence).isSorted().doesNotHaveDuplicates();
    assertThat(events.getLast().getStatus()).isEqualTo("completed");
    assertThat(events.getLast().getEndTime()).isPositive();
    assertThat(events.getLast().getReceiptId()).isNotEmpty();
    assertThat(events).filteredOn(event -> event.getStatus().equals("completed")).hasSize(1);
  }

  @Test
  void the_wait_leaves_room_for_the_answer_and_is_thirty_seconds_at_most() {
    assertThat(MathisonProfile.V1.waitWithin(Duration.ofSeconds(60))).hasSeconds(30);
    assertThat(MathisonProfile.V1.waitWithin(Duration.ofSeconds(2))).hasMillis(1750);
    assertThat(MathisonProfile.V1.waitWithin(Duration.ofMillis(100))).hasMillis(75);
  }

  @Test
  void bytes_that_are_no_text_are_wrapped_as_base64() {
    assertThat(MathisonOutputs.ofResult(Bytes.hex("ff00")).toStringUtf8())
        .isEqualTo("{\"result_base64\":\"/wA=\"}");
  }

  @Test
  void methods_that_are_not_built_say_so() {
    assertThat(
            Refusals.of(
                () -> mathison.readMemoryNode(ReadNodeRequest.newBuilder().setId("n").build())))
        .isEqualTo("UNIMPLEMENTED CAPABILITY_NOT_YET []");
  }

  @Test
  void bad_requests_are_refused_by_name_and_change_nothing() throws StoreException {
    Map<String, JobRunRequest.Builder> cases = new LinkedHashMap<>();
    cases.put("nothing", JobRunRequest.newBuilder());
    for (String type : List.of("a b", "a..b", ".a", "-a", "job.", "a/b", "ä", "a".repeat(300))) {
      cases.put("job_type " + (type.length() > 20 ? "too long" : type), job("").setJobType(type));
    }
    for (String inputs :
        List.of("{", "nul", "{} {}", "{\"a\":1,\"a\":2}", "[1,]", "'a'", " ", "\uFEFF{}")) {
      cases.put("inputs " + inputs, job("").setInputs(text(inputs)));
    }
    cases.put("inputs too deep", job("").setInputs(text("[".repeat(65) + "]".repeat(65))));
    cases.put(
        "inputs not UTF-8", job("").setInputs(ByteString.copyFrom(new byte[] {'"', -1, '"'})));
    cases.put("inputs too large", job("").setInputs(text("\"" + "a".repeat(1 << 20) + "\"")));
    for (String id : List.of("a b", "../a", "a..b", "-a", "a".repeat(129))) {
      cases.put("job_id " + (id.length() > 20 ? "too long" : id), job(id));
    }
    cases.put("policy_id", job("").setPolicyId("a\nb"));
    StringBuilder table = new StringBuilder();
    cases.forEach((name, request) ->
        table
            .append(name)
            .append(" | ")
            .append(Refusals.of(() -> mathison.runJob(request.build())))
            .append('\n'));
    for (String id : List.of("", "a b", "nobody")) {
      JobStatusRequest request = JobStatusRequest.newBuilder().setJobId(id).build();
      table
          .append("status " + id + " | ")
          .append(Refusals.of(() -> mathison.getJobStatus(request)))
          .append("\nstream " + id + " | ")
          .append(Refusals.of(() -> mathison.streamJobStatus(request)))
          .append('\n');
    }

    Golden.hold("mathison/bad-input.txt", table.toString());
    assertThat(gateway.archive().list(Optional.empty(), Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void the_deepest_inputs_come_back_as_an_object() {
    String deepest = "[".repeat(64) + "]".repeat(64);
    Bytes echoed = Bytes.utf8("{\"echo\":" + deepest + "}");

    assertThat(MathisonOutputs.ofResult(echoed).toStringUtf8()).isEqualTo(echoed.utf8());
  }

  @Test
  void what_is_wrong_with_inputs_is_said_in_their_words() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{\"a\":1,\"a\":2}", "a member twice at byte");
    wrong.put("\uFEFF{}", "a byte order mark first");
    wrong.put("[1,]", "not JSON at byte 3");

    wrong.forEach((inputs, said) ->
        assertThatThrownBy(() -> mathison.runJob(job("").setInputs(text(inputs)).build()))
            .hasMessageContaining("inputs: \"" + said));
  }

  @Test
  void a_used_job_id_is_named_in_the_refusal() {
    runShortly(job("one"));

    assertThatThrownBy(() -> runShortly(job("one").setInputs(text("1"))))
        .hasMessageContaining("job_id: used with other inputs");
  }
}
