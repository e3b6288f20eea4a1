package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.RestApi;
import dev.reeve.gateway.Statuses;
import dev.reeve.routing.RoutingProblems;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import dev.reeve.wire.reeve.v1.GetRouteDecisionRequest;
import dev.reeve.wire.reeve.v1.GetRouteDecisionResponse;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Decisions asked for by HTTP.
final class BeamlineRestTest {
  private static final String MESSAGE =
      "{'version':'1','request_id':'r1','message':{'message_id':'m-1','message_type':'chat',"
          + "'payload':{'text':'good morning'}}}";

  private static final String TASK =
      "{'version':'1','request_id':'r1','idempotency_key':'k','tenant_id':'t1',"
          + "'task':{'type':'chat','payload':{'text':'good morning'}}}";

  private final BeamlineRest rest =
      new BeamlineRest(
          new RouteIntake(Set.of("t1")::contains, false, System::nanoTime),
          InstantSource.fixed(Instant.ofEpochSecond(1_000)));

  /// Decides as the tenant asks, and has decided on `m-1`.
  private static final RestApi.Calls CALLS =
      new RestApi.Calls() {
        @Override
        public <Q extends Message, R extends Message> CompletableFuture<R> call(
            MethodDescriptor<Q, R> method, Q request) {
          Message answer =
              switch (request) {
                case RouteRequest asked -> decision(asked.getMessage().getTenantId());
                case GetRouteDecisionRequest asked ->
                    GetRouteDecisionResponse.newBuilder()
                        .setDecision(decision(asked.getTenantId()))
                        .build();
                default -> throw new IllegalArgumentException(method.getFullMethodName());
              };
          return CompletableFuture.completedFuture(
              method.parseResponse(answer.toByteString().newInput()));
        }
      };

  private static RouteDecision decision(String tenant) {
    return RouteDecision.newBuilder().setProviderId("of-" + tenant).setReason("weighted").build();
  }

  @Test
  void a_message_is_decided_for_the_tenant_of_the_header_and_answered_in_kind() {
    RestApi.Answer answer = serve("POST", "decide", "t1", MESSAGE);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().utf8())
        .startsWith("{\"ok\":true,\"decision\":{\"provider_id\":\"of-t1\"")
        .endsWith("\"context\":{\"request_id\":\"r1\",\"trace_id\":\"tr\"}}");
  }

  @Test
  void a_decision_made_lately_is_found_by_its_message() {
    assertThat(serve("GET", "decide/m-1", "t1", "").body().utf8())
        .contains("\"provider_id\":\"of-t1\"", "\"request_id\":\"m-1\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST | decide    | t2 | whole | 401 | unauthorized    | r1
          POST | decide    | t1 | {     | 400 | invalid_request |
          POST | decide    | t1 | {}    | 400 | invalid_request |
          POST | decide    | t1 | push  | 501 | not_implemented | r1
          GET  | decide    | t1 | whole | 404 | not_found       |
          PUT  | decide/m  | t1 | whole | 404 | not_found       |
          POST | decisions | t1 | whole | 404 | not_found       |
          """)
  void what_is_refused_says_why(
      String method, String path, String tenant, String body, int status, String code, String id) {
    String sent =
        switch (body) {
          case "whole" -> MESSAGE;
          case "push" -> MESSAGE.replace("'version'", "'push_assignment':true,'version'");
          default -> body;
        };

    RestApi.Answer answer = serve(method, path, tenant, sent);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().utf8())
        .startsWith("{\"ok\":false,\"error\":{\"code\":\"" + code + "\"")
        .contains("\"request_id\":\"" + (id == null ? "" : id) + "\"");
  }

  @Test
  void whoever_is_over_a_limit_hears_when_to_ask_again() {
    com.google.rpc.Status refusal =
        Statuses.proto(
            RoutingProblems.ROUTE_RATE_LIMIT_EXCEEDED
                .because("rate limit of scope tenant exceeded")
                .with("limit", "5")
                .withRetryAfter(Duration.ofMillis(1_200)),
            BeamlineProblems.TABLE);

    RestApi.Answer answer = rest.refusal(refusal, 429);

    assertThat(answer.headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "retry-after", "2",
                "x-ratelimit-limit", "5",
                "x-ratelimit-remaining", "0",
                "x-ratelimit-reset", "1002"));
  }

  @Test
  void whoever_is_refused_takes_no_idempotency_key() {
    String first = TASK;
    String second = TASK.replace("good morning", "good evening");
    RestApi.Calls nobody =
        new RestApi.Calls() {
          @Override
          public <Q extends Message, R extends Message> CompletableFuture<R> call(
              MethodDescriptor<Q, R> method, Q request) {
            return CompletableFuture.failedFuture(new IllegalStateException("refused"));
          }
        };

    assertThat(rest.serve(request("POST", "decide", "t1", first), nobody))
        .isCompletedExceptionally();
    assertThat(serve("POST", "decide", "t1", second).status()).isEqualTo(200);
    assertThat(serve("POST", "decide", "t1", first).body().utf8())
        .contains("IDEMPOTENCY_VIOLATION");
  }

  private RestApi.Answer serve(String method, String path, String tenant, String body) {
    return rest.serve(request(method, path, tenant, body), CALLS).join();
  }

  private static RestApi.Request request(String method, String path, String tenant, String body) {
    return new RestApi.Request(
        method,
        path,
        Map.of(),
        "",
        "",
        tenant,
        body.contains("'task'") ? "" : "tr",
        Bytes.utf8(body.replace('\'', '"')));
  }
}
