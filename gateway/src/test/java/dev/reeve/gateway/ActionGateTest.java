package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.governance.cdi.CapabilityToken;
import dev.reeve.service.CallTokens;
import dev.reeve.service.Caller;
import dev.reeve.service.EchoTask;
import dev.reeve.testing.Await;
import dev.reeve.wire.mathison.JobResult;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.JobStatusRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The door in front of handlers that change something, called without the chain before it.
final class ActionGateTest {
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

  /// A server whose way in is not the chain but this.
  private StatusRuntimeException refusedBehind(UnaryOperator<CallScope> allows, boolean scoped)
      throws IOException {
    ActionRegistry registry =
        new ActionRegistry(List.of(mathison.get()), NotYetMethods.except(Set.of()));
    ServerServiceDefinition service =
        new ActionGate(registry, tokens).guard(mathison.get().services().getFirst());
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
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> MathisonServiceGrpc.newBlockingStub(channel).runJob(RUN));
      assertThat(refused).isNotNull();
      return refused;
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
