package dev.reeve.gateway.beamline;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.BusCalls;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import dev.reeve.wire.reeve.v1.GetBackpressureRequest;
import dev.reeve.wire.reeve.v1.GetPolicyComplexityRequest;
import dev.reeve.wire.reeve.v1.GetRouteDecisionRequest;
import dev.reeve.wire.reeve.v1.ListBreakersRequest;
import dev.reeve.wire.reeve.v1.ListExtensionHealthRequest;
import dev.reeve.wire.reeve.v1.RoutingServiceGrpc;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/// Questions about the router that come by the bus. Each is a call of a service and passes the
/// chain like any other.
final class RouterQuestions {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /// The kind of task of a dry run that names none: the contract's request has no place for it.
  private static final String TYPE_UNSAID = "chat";

  /// What may be asked.
  enum Kind {
    GET_DECISION("beamline.router.v1.get_decision"),
    BACKPRESSURE("beamline.router.v1.status.backpressure"),
    EXTENSION_HEALTH("beamline.router.v1.admin.get_extension_health"),
    BREAKERS("beamline.router.v1.admin.get_circuit_breaker_states"),
    DRY_RUN("beamline.router.v1.admin.dry_run_pipeline"),
    COMPLEXITY("beamline.router.v1.admin.get_pipeline_complexity");

    private final String subject;

    Kind(String subject) {
      this.subject = subject;
    }

    String subject() {
      return subject;
    }
  }

  private final BusCalls calls;

  RouterQuestions(BusCalls calls) {
    this.calls = calls;
  }

  /// Asks; the answer comes once, on any thread.
  void ask(Kind kind, BusMessage message, Consumer<String> answer) {
    RouteCall.Address address = RouteCall.Address.NONE;
    try {
      RouteHeaders headers = RouteHeaders.of(message.headers());
      RouteMembers asked =
          RouteMembers.of("", RouteJson.parse(message.bytes(), RouteIntake.BYTES_MAX));
      address = RouteForms.address(asked, headers);
      String tenant = RouteHeaders.over(headers.tenantId(), asked.text("tenant_id"));
      BusCalls.Sender sender = new BusCalls.Sender(tenant, address.traceId());
      ask(kind, asked, tenant, new Asking(sender, address, answer));
    } catch (ProblemException e) {
      answer.accept(RouteReply.failure(address, RouteFailures.of(e.problem())));
    }
  }

  /// One question under way.
  private record Asking(
      BusCalls.Sender sender, RouteCall.Address address, Consumer<String> answer) {}

  private void ask(Kind kind, RouteMembers asked, String tenant, Asking asking) {
    switch (kind) {
      case GET_DECISION ->
          call(
              asking,
              RoutingServiceGrpc.getGetRouteDecisionMethod(),
              GetRouteDecisionRequest.newBuilder()
                  .setTenantId(tenant)
                  .setMessageId(asked.requiredText("message_id"))
                  .build(),
              found -> RouteReply.decision(asking.address(), found.getDecision()));
      case BACKPRESSURE ->
          call(
              asking,
              RoutingServiceGrpc.getGetBackpressureMethod(),
              GetBackpressureRequest.newBuilder().setSubject(asked.text("subject")).build(),
              RouterAnswers::backpressure);
      case EXTENSION_HEALTH ->
          call(
              asking,
              RoutingServiceGrpc.getListExtensionHealthMethod(),
              ListExtensionHealthRequest.getDefaultInstance(),
              RouterAnswers::extensions);
      case BREAKERS ->
          call(
              asking,
              RoutingServiceGrpc.getListBreakersMethod(),
              ListBreakersRequest.newBuilder().setTenantId(tenant).build(),
              RouterAnswers::breakers);
      case DRY_RUN ->
          call(
              asking,
              RouterGrpc.getDecideMethod(),
              dryRun(asked, tenant),
              decision -> RouterAnswers.dryRun(decision, asked.value("payload")));
      case COMPLEXITY ->
          call(
              asking,
              RoutingServiceGrpc.getGetPolicyComplexityMethod(),
              GetPolicyComplexityRequest.newBuilder()
                  .setTenantId(tenant)
                  .setPolicyId(asked.text("policy_id"))
                  .build(),
              RouterAnswers::complexity);
    }
  }

  private static RouteRequest dryRun(RouteMembers asked, String tenant) {
    RouteRequest.Builder request =
        RouteRequest.newBuilder().setPolicyId(asked.text("policy_id")).setDryRun(true);
    asked
        .value("context")
        .ifPresent(context ->
            request.setContextJson(ByteString.copyFromUtf8(RouteMembers.asText(context))));
    request
        .getMessageBuilder()
        .setTenantId(tenant)
        .setMessageId(asked.text("message_id"))
        .setMessageType(asked.has("message_type") ? asked.text("message_type") : TYPE_UNSAID);
    asked
        .value("payload")
        .ifPresent(payload ->
            request
                .getMessageBuilder()
                .setPayload(ByteString.copyFromUtf8(RouteMembers.asText(payload))));
    return request.build();
  }

  private <Q extends Message, R extends Message> void call(
      Asking asking, MethodDescriptor<Q, R> method, Q request, Function<R, String> encode) {
    calls.call(
        method,
        request,
        asking.sender(),
        TIMEOUT,
        new BusCalls.Outcome<>() {
          @Override
          public void done(R response) {
            asking.answer().accept(encode.apply(response));
          }

          @Override
          public void failed(com.google.rpc.Status status) {
            asking.answer().accept(RouteReply.failure(asking.address(), BusFailures.of(status)));
          }
        });
  }
}
