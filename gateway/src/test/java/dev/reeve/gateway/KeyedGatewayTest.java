package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.service.Role;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.RuleTrace;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.GetServerInfoRequest;
import dev.reeve.wire.reeve.v1.GetServerInfoResponse;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.SystemServiceGrpc;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import dev.reeve.wire.reeve.v1.WatchJobsResponse;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What callers without a key, with one, and with one that is taken back see of a server that asks
/// for keys. One server for all of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyedGatewayTest {
  private static final String TENANT_KEY = "of-acme";
  private static final String OTHER_KEY = "of-globex";
  private static final String MONITOR_KEY = "of-monitor";
  private static final String OPERATOR_KEY = "of-operator";
  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("content-length: (\\d+)", Pattern.CASE_INSENSITIVE);
  private static final List<CallerKey> KEYS =
      List.of(
          key(TENANT_KEY, Role.USER, CallerKey.Access.TENANT, "acme"),
          key(OTHER_KEY, Role.USER, CallerKey.Access.TENANT, "globex"),
          key(MONITOR_KEY, Role.VIEWER, CallerKey.Access.MONITOR, "acme"),
          key(OPERATOR_KEY, Role.ADMIN, CallerKey.Access.OPERATOR, "default"));

  private final AtomicReference<CallerKeys> keys = new AtomicReference<>(CallerKeys.of(KEYS));
  private final GatewayFixture fixture = start(false);

  @BeforeEach
  void everyKeyHolds() {
    keys.set(CallerKeys.of(KEYS));
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private GatewayFixture start(boolean metricsOpen) {
    return GatewayFixture.startKeyed(
        new Credentials(Optional.of(keys::get), false, metricsOpen),
        (services, archive) ->
            List.of(ReeveFixture.dialect(services, archive), CordumDialect.create(services)));
  }

  private static CallerKey key(String key, Role role, CallerKey.Access access, String tenant) {
    return new CallerKey(
        key, Sha256.of(Bytes.utf8(key)), key, role, access, List.of(tenant), Optional.empty());
  }

  @Test
  void a_body_without_a_key_or_with_a_wrong_one_is_refused_before_it_is_sent() throws IOException {
    for (String path :
        List.of("/reeve.v1.JobService/SubmitJob", "/api/v1/jobs", "/v1/chat/completions")) {
      assertThat(announce(path, "")).as(path).startsWith("HTTP/1.1 401");
      assertThat(announce(path, "x-api-key: wrong\r\n"))
          .as(path)
          .startsWith("HTTP/1.1 401")
          .contains("CREDENTIAL_INVALID");
    }
    assertThat(announce("/v1/chat/completions", ""))
        .contains("{\"error\":{\"message\":", "\"code\":\"CREDENTIAL_REQUIRED\"");
    assertThat(announce("/reeve.v1.JobService/SubmitJob", ""))
        .contains("application/problem+json", "\"reason\":\"CREDENTIAL_REQUIRED\"");
  }

  @Test
  void a_call_without_a_key_is_refused_at_its_headers() throws Exception {
    CompletableFuture<Status> closed = new CompletableFuture<>();
    ClientCall<ConnectRequest, ConnectResponse> call =
        fixture.channel().newCall(WorkerServiceGrpc.getConnectMethod(), CallOptions.DEFAULT);

    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            closed.complete(status);
          }
        },
        new Metadata());

    assertThat(closed.get(30, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void health_needs_no_key() throws IOException {
    assertThat(
            HealthGrpc.newBlockingStub(fixture.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
    assertThat(post("/grpc.health.v1.Health/Check", "{}")).startsWith("HTTP/1.1 200");
  }

  @Test
  void a_stream_ends_when_its_key_is_taken_back_and_another_goes_on() {
    Iterator<WatchJobsResponse> lost = watch(TENANT_KEY, "one");
    Iterator<WatchJobsResponse> kept = watch(OTHER_KEY, "two");

    keys.set(CallerKeys.of(KEYS.subList(1, KEYS.size())));
    fixture.gateway().endStreamsOfLostKeys();

    StatusRuntimeException ended = ended(lost);
    assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(Refusals.info(ended).getReason()).isEqualTo("CREDENTIAL_INVALID");
    jobs(OTHER_KEY).cancelJob(CancelJobRequest.newBuilder().setJobId("two").build());
    while (kept.hasNext()) {
      kept.next();
    }
  }

  @Test
  void a_key_that_opens_something_else_by_now_keeps_no_stream() {
    Iterator<WatchJobsResponse> watched = watch(TENANT_KEY, "three");

    keys.set(CallerKeys.of(List.of(key(TENANT_KEY, Role.VIEWER, CallerKey.Access.TENANT, "acme"))));
    fixture.gateway().endStreamsOfLostKeys();

    assertThat(ended(watched).getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  void strangers_and_tenants_hear_the_status_alone() throws IOException {
    fixture.setHealth(
        new HealthView.Health(HealthView.State.DEGRADED, List.of("/etc/reeve is gone")));

    for (String who : List.of("", header(TENANT_KEY), "x-api-key: wrong\r\n")) {
      assertThat(get("/healthz", who))
          .startsWith("HTTP/1.1 200")
          .endsWith("{\"status\":\"degraded\"}");
    }
    for (String who : List.of(MONITOR_KEY, OPERATOR_KEY)) {
      assertThat(get("/healthz", header(who))).contains("/etc/reeve is gone");
    }
  }

  @Test
  void metrics_are_for_who_may_see_them_or_for_all_where_they_are_open() throws IOException {
    assertThat(get("/metrics", "")).startsWith("HTTP/1.1 401");
    assertThat(get("/metrics", header(TENANT_KEY)))
        .startsWith("HTTP/1.1 403")
        .contains("ACCESS_DENIED");
    assertThat(get("/metrics", header(MONITOR_KEY))).contains("reeve_calls_in_progress");
    try (GatewayFixture open = start(true)) {
      assertThat(raw(open, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .contains("reeve_calls_in_progress");
    }
  }

  @Test
  void where_the_server_listens_and_keeps_its_data_is_told_to_the_operator_alone() {
    GetServerInfoResponse tenant = info(TENANT_KEY);

    assertThat(tenant.getStoresList()).isEmpty();
    assertThat(tenant.getListenersList()).isEmpty();
    assertThat(tenant.getHealthList()).isNotEmpty().allMatch(part -> part.getMessage().isEmpty());
    assertThat(info(OPERATOR_KEY).getStoresList()).isNotEmpty();
  }

  @Test
  void rules_that_do_not_fit_are_told_to_the_operator_alone() {
    PolicyCheckRequest request = PolicyCheckRequest.newBuilder().setTopic("job.default").build();

    assertThat(explain(TENANT_KEY, request)).containsExactly("open-work");
    assertThat(explain(OPERATOR_KEY, request)).contains("prod-needs-approval", "open-work");
  }

  private List<String> explain(String key, PolicyCheckRequest request) {
    return SafetyKernelGrpc.newBlockingStub(as(key)).explain(request).getTraceList().stream()
        .map(RuleTrace::getRuleId)
        .toList();
  }

  private GetServerInfoResponse info(String key) {
    return SystemServiceGrpc.newBlockingStub(as(key))
        .getServerInfo(GetServerInfoRequest.getDefaultInstance());
  }

  private Iterator<WatchJobsResponse> watch(String key, String jobId) {
    jobs(key)
        .submitJob(SubmitJobRequest.newBuilder().setJobId(jobId).setTopic("job.default").build());
    Iterator<WatchJobsResponse> watched =
        jobs(key)
            .watchJobs(
                WatchJobsRequest.newBuilder()
                    .addJobs(JobCursor.newBuilder().setJobId(jobId))
                    .build());
    assertThat(watched.next()).isNotNull();
    return watched;
  }

  private static StatusRuntimeException ended(Iterator<WatchJobsResponse> stream) {
    try {
      while (stream.hasNext()) {
        stream.next();
      }
    } catch (StatusRuntimeException e) {
      return e;
    }
    return new StatusRuntimeException(Status.OK);
  }

  private JobServiceGrpc.JobServiceBlockingStub jobs(String key) {
    return JobServiceGrpc.newBlockingStub(as(key));
  }

  private Channel as(String key) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
    return ClientInterceptors.intercept(
        fixture.channel(), MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static String header(String key) {
    return "Authorization: Bearer " + key + "\r\n";
  }

  /// The answer to a request whose large body is announced and never sent.
  private String announce(String path, String header) throws IOException {
    return raw(
        fixture,
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: 50000000\r\n"
            + header
            + "\r\n");
  }

  private String get(String path, String header) throws IOException {
    return raw(
        fixture,
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n");
  }

  private String post(String path, String body) throws IOException {
    return raw(
        fixture,
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static String raw(GatewayFixture at, String request) throws IOException {
    int port = at.gateway().httpPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return answer(socket.getInputStream());
    }
  }

  /// One whole answer. The connection may stay open after it, for the rest of a request.
  private static String answer(InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      read.write(next);
      String text = read.toString(StandardCharsets.UTF_8);
      if (text.endsWith("\r\n\r\n")) {
        Matcher length = CONTENT_LENGTH.matcher(text);
        int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return text + new String(in.readNBytes(size), StandardCharsets.UTF_8);
      }
    }
    return read.toString(StandardCharsets.UTF_8);
  }
}
