package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.cap.CapDialect;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.reeve.MemoryConsentBook;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CapabilityCeiling;
import dev.reeve.governance.cdi.ConsentSignal;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.Caller;
import dev.reeve.service.ConsentPurposes;
import dev.reeve.service.EchoTask;
import dev.reeve.service.JobConsent;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.Role;
import dev.reeve.service.SignalConsent;
import dev.reeve.testing.Await;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.cordum.v1.GetJobStatusRequest;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.CapServiceGrpc;
import dev.reeve.wire.reeve.v1.ConsentKind;
import dev.reeve.wire.reeve.v1.ConsentScope;
import dev.reeve.wire.reeve.v1.ConsentServiceGrpc;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.GetConsentRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.ReadMemoryRequest;
import dev.reeve.wire.reeve.v1.SignalConsentRequest;
import dev.reeve.wire.reeve.v1.SignalConsentResponse;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.SubmitJobResponse;
import dev.reeve.wire.reeve.v1.WriteMemoryRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Stop, pause and resume, from the call that says them to the jobs that they reach.
final class ConsentGateTest {
  private final MemoryConsentBook book = new MemoryConsentBook();
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) ->
          List.of(
              CordumDialect.create(services),
              CapDialect.create(services, new MemoryPointers()),
              MathisonDialect.create(services),
              ReeveFixture.dialect(services, archive, book)));
  private final JobServiceGrpc.JobServiceBlockingStub jobs =
      JobServiceGrpc.newBlockingStub(gateway.channel());
  private final ConsentServiceGrpc.ConsentServiceBlockingStub consent =
      ConsentServiceGrpc.newBlockingStub(gateway.channel());

  @BeforeEach
  void heed() {
    gateway.standing(() ->
        new ActionCheck.Standing(book.current().consent(), CapabilityCeiling.NONE, true, true));
    gateway
        .services()
        .rules()
        .heed(new JobConsent(() -> book.current().consent(), gateway.services().clock()));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void an_admin_key_speaks_and_sees_within_its_tenant() {
    GatewayServices services = gateway.services();
    SignalConsent said =
        new SignalConsent(
            book, services.rules(), services.writer(), services.clock(), services.blocking());
    Caller admin = new Caller("ann", Role.ADMIN, false, "acme", "", "reeve", "", "10.0.0.7", "");

    for (String tenant : List.of("", "acme")) {
      assertThat(said.signal(admin, stop(tenant, "bob")).join().said().signal().scope().tenant())
          .isEqualTo("acme");
    }
    assertThatThrownBy(() -> said.signal(admin, stop("other", "")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("beyond the caller's own");
    say(ConsentKind.CONSENT_KIND_STOP, "carl", "other");
    assertThat(said.standing(admin))
        .isNotEmpty()
        .allMatch(one -> one.signal().scope().tenant().equals("acme"));
  }

  @Test
  void an_admin_key_does_not_take_back_what_the_operator_said() {
    GatewayServices services = gateway.services();
    SignalConsent said =
        new SignalConsent(
            book, services.rules(), services.writer(), services.clock(), services.blocking());
    Caller admin = new Caller("ann", Role.ADMIN, false, "acme", "", "reeve", "", "10.0.0.7", "");
    say(ConsentKind.CONSENT_KIND_STOP, "", "acme");

    assertThatThrownBy(() -> said.signal(admin, resume("acme")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("the operator resumes it");
    said.signal(admin, stop("acme", "")).join();
    assertThat(said.signal(admin, resume("acme")).join().lifted()).hasSize(1);

    assertThat(said.standing(admin)).hasSize(1);
    assertThat(say(ConsentKind.CONSENT_KIND_RESUME, "", "acme").getLiftedCount()).isEqualTo(1);
  }

  private static SignalConsent.Wish resume(String tenant) {
    return new SignalConsent.Wish(
        ConsentSignal.Kind.RESUME,
        "",
        new dev.reeve.governance.cdi.ConsentScope(tenant, "", ""),
        0,
        "");
  }

  private static SignalConsent.Wish stop(String tenant, String principal) {
    return new SignalConsent.Wish(
        ConsentSignal.Kind.STOP,
        "",
        new dev.reeve.governance.cdi.ConsentScope(tenant, principal, ""),
        0,
        "");
  }

  private SignalConsentResponse say(ConsentKind kind, String source, String tenant) {
    return consent.signalConsent(
        SignalConsentRequest.newBuilder()
            .setKind(kind)
            .setSource(source)
            .setScope(ConsentScope.newBuilder().setTenant(tenant))
            .setEvidence("drill")
            .build());
  }

  private String submit() {
    return jobs.submitJob(SubmitJobRequest.newBuilder().setTopic("job.open.x").build())
        .getJob()
        .getJobId();
  }

  private Job job(String id) {
    return jobs.getJob(GetJobRequest.newBuilder().setJobId(id).build()).getJob();
  }

  private static StatusRuntimeException refused(Callable<?> call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call::call);
    assertThat(refused).isNotNull();
    return refused;
  }

  @Test
  void a_stop_has_its_receipt_before_its_answer_and_ends_what_waits() {
    String waiting = submit();

    SignalConsentResponse said = say(ConsentKind.CONSENT_KIND_STOP, "", "");

    assertThat(said.getSignal().getSource()).isEqualTo("admin");
    assertThat(said.getSignal().getSaidBy()).isEqualTo("local-operator");
    assertThat(Refusals.info(refused(this::submit)).getReason()).isEqualTo("CONSENT_STOP_ACTIVE");

    assertThat(say(ConsentKind.CONSENT_KIND_RESUME, "", "").getLiftedCount()).isEqualTo(1);
    Await.until("the job ends", () -> job(waiting).getState() == JobState.JOB_STATE_DENIED);
    assertThat(receipts()).anySatisfy(leaf -> assertThat(leaf).contains("consent:signal", "drill"));
  }

  @Test
  void a_job_that_is_named_by_its_id_alone_is_its_tenants() {
    String id =
        jobs.submitJob(
                SubmitJobRequest.newBuilder().setTopic("job.open.x").setTenant("acme").build())
            .getJob()
            .getJobId();
    CordumApiGrpc.CordumApiBlockingStub cordum = CordumApiGrpc.newBlockingStub(gateway.channel());
    CapServiceGrpc.CapServiceBlockingStub memory =
        CapServiceGrpc.newBlockingStub(gateway.channel());
    GetJobStatusRequest status = GetJobStatusRequest.newBuilder().setJobId(id).build();
    ReadMemoryRequest input = ReadMemoryRequest.newBuilder().setPtr("redis://ctx:" + id).build();
    WriteMemoryRequest result = WriteMemoryRequest.newBuilder().setPtr("redis://res:" + id).build();
    assertThat(cordum.getJobStatus(status).getStatus()).isEqualTo("SCHEDULED");
    memory.readMemory(input);
    memory.writeMemory(result);

    say(ConsentKind.CONSENT_KIND_STOP, "local-operator", "acme");

    for (Callable<?> call :
        List.<Callable<?>>of(
            () -> cordum.getJobStatus(status),
            () -> memory.readMemory(input),
            () -> memory.writeMemory(result))) {
      assertThat(Refusals.info(refused(call)).getReason()).isEqualTo("CONSENT_STOP_ACTIVE");
    }
    assertThat(receipts())
        .anySatisfy(leaf ->
            assertThat(leaf).contains("memory:write_pointer", "\"decision\":\"deny\"", "acme"));
    say(ConsentKind.CONSENT_KIND_RESUME, "local-operator", "acme");
    assertThat(cordum.getJobStatus(status).getJobId()).isEqualTo(id);
  }

  private List<String> receipts() {
    return AuditServiceGrpc.newBlockingStub(gateway.channel())
        .listReceipts(ListReceiptsRequest.newBuilder().setPageSize(100).build())
        .getLeavesList()
        .stream()
        .map(leaf -> leaf.getLeaf().toStringUtf8())
        .toList();
  }

  @Test
  void a_pause_lets_jobs_wait_until_it_is_taken_back() {
    String waiting = submit();
    say(ConsentKind.CONSENT_KIND_PAUSE, "local-operator", "default");
    Await.until(
        "the job is held back",
        () ->
            gateway
                .services()
                .writer()
                .table()
                .all()
                .anyMatch(job -> job.state() instanceof dev.reeve.job.JobState.Throttled));

    say(ConsentKind.CONSENT_KIND_RESUME, "local-operator", "");

    Await.until("the job goes on", () -> job(waiting).getState() == JobState.JOB_STATE_QUEUED);
  }

  @Test
  void a_pause_holds_what_waits_for_another_job_and_what_is_run_again() {
    Semaphore finish = new Semaphore(0);
    List<String> started = new CopyOnWriteArrayList<>();
    AtomicBoolean fails = new AtomicBoolean(true);
    gateway.execute(
        "echo",
        EchoTask.ROUTE,
        4,
        (assignment, _) -> {
          started.add(assignment.job().key().jobId());
          finish.acquireUninterruptibly();
          return assignment.job().key().jobId().equals("again") && fails.getAndSet(false)
              ? new BuiltInExecutor.Outcome.Failed("X", "once more", true)
              : new BuiltInExecutor.Outcome.Done("text/plain", Bytes.utf8("done"));
        });
    echo("parent", List.of());
    echo("child", List.of("parent"));
    echo("again", List.of());
    Await.until("both run", () -> started.size() == 2);

    say(ConsentKind.CONSENT_KIND_PAUSE, "", "");
    finish.release(2);
    Await.until("the child waits", () -> isThrottled("child"));
    Await.until("the retry waits", () -> isThrottled("again"));
    assertThat(started).containsExactlyInAnyOrder("parent", "again");

    say(ConsentKind.CONSENT_KIND_RESUME, "", "");
    finish.release(2);
    Await.until("all end", () -> isCompleted("child") && isCompleted("again"));
  }

  private void echo(String id, List<String> parents) {
    SubmitJobResponse _ =
        jobs.submitJob(
            SubmitJobRequest.newBuilder()
                .setJobId(id)
                .setTopic(EchoTask.ROUTE)
                .addAllDependsOn(parents)
                .build());
  }

  /// Looked up in the engine: whom a pause halts may not read either.
  private boolean isThrottled(String id) {
    return gateway
        .services()
        .writer()
        .table()
        .all()
        .anyMatch(job ->
            job.key().jobId().equals(id)
                && job.state() instanceof dev.reeve.job.JobState.Throttled);
  }

  private boolean isCompleted(String id) {
    return job(id).getState() == JobState.JOB_STATE_COMPLETED;
  }

  @Test
  void a_stop_of_a_client_ends_what_it_brought_and_nothing_else() {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("client-id", Metadata.ASCII_STRING_MARSHALLER), "billing-bot");
    var bot = jobs.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    String its =
        bot.submitJob(SubmitJobRequest.newBuilder().setTopic("job.open.x").build())
            .getJob()
            .getJobId();
    String other = submit();

    say(ConsentKind.CONSENT_KIND_STOP, "billing-bot", "");

    Await.until("its job ends", () -> job(its).getState() == JobState.JOB_STATE_DENIED);
    assertThat(job(other).getState()).isEqualTo(JobState.JOB_STATE_QUEUED);
  }

  @Test
  void a_stop_for_one_tenant_halts_no_other() {
    say(ConsentKind.CONSENT_KIND_STOP, "", "acme");

    submit();
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-tenant-id", Metadata.ASCII_STRING_MARSHALLER), "acme");
    var acme = jobs.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    StatusRuntimeException refused =
        refused(() -> acme.submitJob(SubmitJobRequest.newBuilder().setTopic("job.open.x").build()));
    assertThat(Refusals.info(refused).getReason()).isEqualTo("CONSENT_STOP_ACTIVE");
  }

  @Test
  void consent_is_asked_for_the_tenant_that_the_request_names() {
    SubmitJobRequest ofAcme =
        SubmitJobRequest.newBuilder().setTopic("job.open.x").setTenant("acme").build();
    say(ConsentKind.CONSENT_KIND_STOP, "", "default");

    assertThat(jobs.submitJob(ofAcme).getJob().getTenant()).isEqualTo("acme");
    assertThat(reason(this::submit)).isEqualTo("CONSENT_STOP_ACTIVE");

    say(ConsentKind.CONSENT_KIND_RESUME, "", "default");
    say(ConsentKind.CONSENT_KIND_STOP, "", "acme");
    submit();
    assertThat(reason(() -> jobs.submitJob(ofAcme))).isEqualTo("CONSENT_STOP_ACTIVE");
    assertThat(reason(() -> jobs.listJobs(ListJobsRequest.newBuilder().setTenant("acme").build())))
        .isEqualTo("CONSENT_STOP_ACTIVE");
    assertThat(
            reason(() ->
                CordumApiGrpc.newBlockingStub(gateway.channel())
                    .submitJob(
                        dev.reeve.wire.cordum.v1.SubmitJobRequest.newBuilder()
                            .setPrompt("x")
                            .setTopic("job.open.x")
                            .setOrgId("acme")
                            .build())))
        .isEqualTo("CONSENT_STOP_ACTIVE");
    var kernel = SafetyKernelGrpc.newBlockingStub(gateway.channel());
    PolicyCheckRequest.Builder question = PolicyCheckRequest.newBuilder().setTopic("job.open.x");
    assertThat(reason(() -> kernel.check(question.setTenant("acme").build())))
        .isEqualTo("CONSENT_STOP_ACTIVE");
    assertThat(kernel.check(question.setTenant("default").build()).getReason())
        .doesNotContain("consent");
  }

  @Test
  void what_is_halted_by_the_purpose_of_running_is_refused_by_that_name() {
    String waiting = submit();
    sayOf(ConsentKind.CONSENT_KIND_PAUSE, "action:job:run");

    assertThat(reason(this::submit)).isEqualTo("CONSENT_NOT_GRANTED");
    Await.until("the job is held back", () -> isThrottled(waiting));
    assertThat(
            jobs.explainJob(ExplainJobRequest.newBuilder().setJobId(waiting).build())
                .getCausesList())
        .singleElement()
        .satisfies(cause -> {
          assertThat(cause.getCode()).isEqualTo("CONSENT_NOT_GRANTED");
          assertThat(cause.hasUntil()).isFalse();
          assertThat(cause.getMessage()).contains("an anchor said pause");
        });

    sayOf(ConsentKind.CONSENT_KIND_STOP, "action:job:run");
    assertThat(reason(this::submit)).isEqualTo("CONSENT_STOP_ACTIVE");
  }

  @Test
  void a_purpose_that_is_no_action_and_a_tenant_that_is_none_are_refused_with_the_nearest() {
    ConsentPurposes known =
        ConsentPurposes.of(List.of(RegisteredAction.write("action:job:submit", Mode.BLOCKING)));

    assertThat(known.isKnown("action:job:submit")).isTrue();
    assertThat(known.isKnown("action:job:run")).isTrue();
    assertThat(known.isKnown("action:job:*")).isTrue();
    assertThat(known.isKnown("")).isTrue();
    assertThat(known.isKnown("action:jop:*")).isFalse();
    assertThat(known.isKnown("action:job:sumbit")).isFalse();
    assertThat(known.expected("action:job:sumbit")).contains("did you mean action:job:submit?");
    assertThat(Refusals.of(() -> say(ConsentKind.CONSENT_KIND_STOP, "", "no tenant!")))
        .isEqualTo("INVALID_ARGUMENT REQUEST_INVALID [scope.tenant]");
  }

  @Test
  void a_secret_in_somebodys_words_is_withheld_before_it_is_kept() {
    SignalConsentResponse said =
        consent.signalConsent(
            SignalConsentRequest.newBuilder()
                .setKind(ConsentKind.CONSENT_KIND_PAUSE)
                .setScope(ConsentScope.newBuilder().setTenant("other"))
                .setEvidence("the key was AKIAABCDEFGHIJKLMNOP")
                .build());

    assertThat(said.getSignal().getEvidence()).isEqualTo("[REDACTED]");
    assertThat(book.current().said().getFirst().evidence()).isEqualTo("[REDACTED]");
    assertThat(receipts()).noneSatisfy(leaf -> assertThat(leaf).contains("AKIA"));
  }

  private void sayOf(ConsentKind kind, String purpose) {
    SignalConsentResponse _ =
        consent.signalConsent(
            SignalConsentRequest.newBuilder()
                .setKind(kind)
                .setScope(ConsentScope.newBuilder().setPurpose(purpose))
                .build());
  }

  private static String reason(Callable<?> call) {
    return Refusals.info(refused(call)).getReason();
  }

  @Test
  void what_cannot_be_kept_is_refused_and_halts_all_the_same() {
    book.fill();

    StatusRuntimeException refused = refused(() -> say(ConsentKind.CONSENT_KIND_STOP, "", ""));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(Refusals.info(refused).getReason()).isEqualTo("CONSENT_NOT_KEPT");
    assertThat(Refusals.info(refused(this::submit)).getReason()).isEqualTo("CONSENT_STOP_ACTIVE");
  }

  @Test
  void what_stands_is_shown_also_while_it_halts() {
    say(ConsentKind.CONSENT_KIND_STOP, "", "");

    assertThat(consent.getConsent(GetConsentRequest.getDefaultInstance()).getSignalsList())
        .singleElement()
        .satisfies(signal -> assertThat(signal.getEvidence()).isEqualTo("drill"));
  }

  @Test
  void a_signal_of_no_kind_and_one_that_has_expired_are_refused() {
    assertThat(refused(() -> say(ConsentKind.CONSENT_KIND_UNSPECIFIED, "", "")).getStatus())
        .extracting(Status::getCode)
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    StatusRuntimeException refused =
        refused(() ->
            consent.signalConsent(
                SignalConsentRequest.newBuilder()
                    .setKind(ConsentKind.CONSENT_KIND_STOP)
                    .setExpiresAt(ProtoTimes.timestamp(1))
                    .build()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void text_in_bytes_that_is_no_strict_json_is_looked_at() {
    var mathison = MathisonServiceGrpc.newBlockingStub(gateway.channel());
    for (String text :
        List.of(
            "../secret",
            "<iframe src=x>",
            "\uFEFF{\"p\":\"../x\"}",
            "/* c */{\"p\":\"../x\"}",
            "{\"p\":\"ok\",\"p\":\"\\u002e\\u002e/secret\"}",
            "{\"p\":NaN,\"q\":\"<script>x</script>\"}")) {
      JobRunRequest run =
          JobRunRequest.newBuilder()
              .setJobType("echo")
              .setInputs(ByteString.copyFromUtf8(text))
              .build();
      assertThat(Refusals.info(refused(() -> mathison.runJob(run))).getReason())
          .as(text)
          .isEqualTo("CIF_QUARANTINED");
    }
  }
}
