package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CapabilityCeiling;
import dev.reeve.governance.cdi.CapabilityToken;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.ConsentSignal;
import dev.reeve.service.CallTokens;
import dev.reeve.service.Caller;
import dev.reeve.service.EchoTask;
import dev.reeve.testing.Await;
import dev.reeve.wire.mathison.JobResult;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.JobStatusRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.WaitCause;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The door in front of handlers that change something, called without the chain before it.
final class ActionGateTest {
  private static final Metadata.Key<String> CLIENT_ID =
      Metadata.Key.of("client-id", Metadata.ASCII_STRING_MARSHALLER);
  private static final JobRunRequest RUN = JobRunRequest.newBuilder().setJobType("echo").build();

  private final AtomicReference<Dialect> mathison = new AtomicReference<>();
  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) -> {
        mathison.set(MathisonDialect.create(services));
        return List.of(mathison.get(), ReeveFixture.dialect(services, archive));
      });
  private final CallTokens tokens = gateway.services().tokens();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private StatusRuntimeException refusedBehind(UnaryOperator<CallScope> allows, boolean scoped)
      throws IOException {
    Optional<StatusRuntimeException> refused = calledBehind(allows, scoped);
    assertThat(refused).isPresent();
    return refused.get();
  }

  /// Calls a server whose way in is not the chain but this.
  private Optional<StatusRuntimeException> calledBehind(
      UnaryOperator<CallScope> allows, boolean scoped) throws IOException {
    ActionRegistry registry =
        new ActionRegistry(List.of(mathison.get()), NotYetMethods.except(Set.of()));
    GatewayServices services = gateway.services();
    ReceiptStation receipts =
        new ReceiptStation(services.writer(), services.clock(), services.checks());
    ServerServiceDefinition service =
        new ActionGate(registry, tokens, services.gate(), receipts)
            .guard(mathison.get().services().getFirst());
    String name = InProcessServerBuilder.generateName();
    ServerInterceptor otherWayIn =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            if (!scoped) {
              return next.startCall(call, headers);
            }
            String method = call.getMethodDescriptor().getFullMethodName();
            CallScope scope =
                new CallScope(
                    Caller.localOperator("default", "", "mathison", "", ""),
                    registry.find(method).orElseThrow().action(),
                    headers,
                    method,
                    new ReceivedTexts(),
                    new CallPermit());
            return Contexts.interceptCall(
                Context.current().withValue(CallScope.KEY, allows.apply(scope)),
                call,
                headers,
                next);
          }
        };
    Server server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(ServerInterceptors.interceptForward(service, otherWayIn))
            .build()
            .start();
    ManagedChannel channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    try {
      return Optional.ofNullable(
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> MathisonServiceGrpc.newBlockingStub(channel).runJob(RUN)));
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private static void isBypass(StatusRuntimeException refused) {
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(Refusals.info(refused).getReason()).isEqualTo("ACTION_GATE_BYPASS_ATTEMPT");
  }

  @Test
  void a_call_around_the_chain_does_not_reach_its_handler() throws IOException {
    isBypass(refusedBehind(UnaryOperator.identity(), false));
  }

  @Test
  void a_call_context_without_a_token_is_refused() throws IOException {
    isBypass(refusedBehind(UnaryOperator.identity(), true));
  }

  @Test
  void a_token_for_another_request_opens_nothing() throws IOException {
    isBypass(
        refusedBehind(
            scope -> {
              Bytes hash = Sha256.of(Bytes.EMPTY);
              CapabilityToken token =
                  tokens.mint(scope.caller(), scope.action(), scope.fullMethodName(), hash);
              scope.permit().begin(JobStatusRequest.getDefaultInstance(), token, hash);
              return scope;
            },
            true));
  }

  /// Allows the request, and lets somebody speak before the handler gets it.
  private UnaryOperator<CallScope> allowedBefore(ConsentSignal.Kind kind, String source) {
    return scope -> {
      Bytes hash = Sha256.of(RUN.toByteArray());
      CapabilityToken token =
          tokens.mint(scope.caller(), scope.action(), scope.fullMethodName(), hash);
      scope.permit().begin(RUN, token, hash);
      scope.headers().put(CLIENT_ID, "billing-bot");
      gateway.standing(said(new ConsentSignal(kind, source, 1, 0, ConsentScope.ALL)));
      return scope;
    };
  }

  private static ActionCheck.Standing said(ConsentSignal signal) {
    Consent consent = Consent.of(List.of(signal), Set.of("admin"));
    return new ActionCheck.Standing(consent, CapabilityCeiling.NONE, true, true);
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, admin, CONSENT_STOP_ACTIVE",
    "STOP, local-operator, CONSENT_STOP_ACTIVE",
    "STOP, billing-bot, CONSENT_STOP_ACTIVE",
    "PAUSE, local-operator, CONSENT_NOT_GRANTED",
  })
  void a_stop_between_permission_and_handler_shuts_the_door(
      ConsentSignal.Kind kind, String source, String reason) throws IOException {
    StatusRuntimeException refused = refusedBehind(allowedBefore(kind, source), true);

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(Refusals.info(refused).getReason()).isEqualTo(reason);
    gateway.standing(ActionCheck.Standing.PLAIN);
    assertThat(receipts()).anySatisfy(leaf -> assertThat(leaf).contains("action:job:run", reason));
  }

  @Test
  void a_stop_of_somebody_else_leaves_the_door_open() throws IOException {
    gateway.execute("echo", EchoTask.ROUTE, 1, new EchoTask());

    assertThat(calledBehind(allowedBefore(ConsentSignal.Kind.STOP, "mallory"), true)).isEmpty();
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
  void through_the_chain_a_change_and_its_repeat_each_get_a_token_of_their_own() {
    gateway.execute("echo", EchoTask.ROUTE, 1, new EchoTask());
    MathisonServiceGrpc.MathisonServiceBlockingStub stub =
        MathisonServiceGrpc.newBlockingStub(gateway.channel());

    JobResult first = stub.runJob(RUN.toBuilder().setJobId("one").build());
    JobResult again = stub.runJob(RUN.toBuilder().setJobId("one").build());

    assertThat(first.getStatus()).isEqualTo("completed");
    assertThat(again.getJobId()).isEqualTo("one");
  }

  @Test
  void while_governance_does_not_stand_jobs_stay_queued_and_say_why() {
    AtomicReference<String> fallen = new AtomicReference<>("POSTURE_VIOLATION: posture DEFENSIVE");
    gateway.services().rules().holdBackWhile(fallen::get);
    gateway.execute("echo", EchoTask.ROUTE, 1, new EchoTask());
    JobServiceGrpc.JobServiceBlockingStub jobs = JobServiceGrpc.newBlockingStub(gateway.channel());
    String job =
        jobs.submitJob(SubmitJobRequest.newBuilder().setTopic(EchoTask.ROUTE).build())
            .getJob()
            .getJobId();
    ExplainJobRequest why = ExplainJobRequest.newBuilder().setJobId(job).build();

    assertThat(jobs.explainJob(why).getCausesList())
        .extracting(WaitCause::getCode)
        .startsWith("GOVERNANCE_NOT_STANDING");

    fallen.set("");

    Await.until("the job ends", () -> jobs.explainJob(why).getJob().hasFinishedAt());
  }
}
