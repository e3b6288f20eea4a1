package dev.reeve.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.InProcessBus;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.ModelFixture;
import dev.reeve.gateway.remote.GrpcProviderLink;
import dev.reeve.gateway.remote.RemoteTarget;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.BusSubscription;
import dev.reeve.service.bus.SubscriptionSpec;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderLink;
import dev.reeve.service.provider.ProviderLink.Chunk;
import dev.reeve.service.provider.ProviderLink.Reply;
import dev.reeve.wire.beamline.provider.v1.ProviderGrpc;
import dev.reeve.wire.beamline.provider.v1.ProviderRequest;
import dev.reeve.wire.beamline.provider.v1.ProviderResponse;
import dev.reeve.wire.beamline.provider.v1.StreamChunk;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A provider asked over the bus and over gRPC, both sides being ours.
class ProviderBusTest {
  private static final String POLICY =
      """
      version: "1"
      default_decision: deny
      rules:
        - id: chat
          match: {topics: ["job.model.*"]}
          decision: allow
      """;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final EchoProvider gold = new EchoProvider();
  private final GatewayFixture gateway =
      GatewayFixture.startUnder(
          POLICY,
          (services, _) ->
              List.of(ModelFixture.providers(services, new ProviderDirectory(List.of(gold)))));
  private final Bus bus = new InProcessBus(BusLimits.standard());
  private final ProviderBus served =
      ProviderBus.start(
          bus, gateway.gateway().busCalls(), List.of("gold"), Set.of(), InstantSource.system());

  @AfterEach
  void close() {
    served.close();
    bus.close();
    gateway.close();
  }

  private JsonObject ask(String subject, String payload) {
    Bytes answer = bus.request(BusMessage.of(subject, Bytes.utf8(payload)), TIMEOUT).join().bytes();
    return JsonParser.parseString(answer.utf8()).getAsJsonObject();
  }

  private static String request(String body) {
    return "{\"provider_id\":\"gold\",\"message_id\":\"m1\",\"tenant_id\":\"default\","
        + "\"trace_id\":\"\",\"body\":\""
        + body
        + "\",\"parameters\":{\"temperature\":0.5},\"metadata\":{},\"timestamp_ms\":1}";
  }

  private ProviderLink link(String kind) {
    return kind.equals("grpc")
        ? GrpcProviderLink.connect(
            new RemoteTarget(
                "127.0.0.1", gateway.gateway().grpcPort(), new RemoteTarget.Security.Plaintext()),
            "gold",
            "",
            InstantSource.system())
        : new BusProviderLink(bus, ProviderBus.INVOKE, "gold", InstantSource.system());
  }

  private static ProviderLink.Call call(String words) {
    return new ProviderLink.Call(
        "c1",
        "default",
        "",
        Bytes.utf8(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}"),
        Map.of("model", "m"),
        TIMEOUT);
  }

  @Test
  void a_prompt_is_answered_in_the_members_and_types_of_the_contract() {
    JsonObject answer = ask(ProviderBus.INVOKE, request("hi"));

    assertThat(answer.keySet())
        .containsExactly(
            "request_id", "status", "body", "metadata", "latency_ms", "cost", "timestamp_ms");
    assertThat(answer.get("request_id").getAsString()).isEqualTo("m1");
    assertThat(answer.get("status").getAsString()).isEqualTo("success");
    assertThat(answer.get("body").getAsString()).contains("\"content\":\"echo\"");
    assertThat(answer.get("latency_ms").getAsJsonPrimitive().isNumber()).isTrue();
    assertThat(answer.getAsJsonObject("metadata").get("prompt_tokens").getAsString())
        .isEqualTo("7");
  }

  @Test
  void the_last_chunk_of_a_stream_says_what_a_whole_answer_says() {
    ProviderRequest request =
        ProviderRequest.newBuilder()
            .setProviderId("gold")
            .setMessageId("m1")
            .setTenantId("default")
            .setBody(ByteString.copyFromUtf8("hi"))
            .build();
    ProviderGrpc.ProviderBlockingStub provider = ProviderGrpc.newBlockingStub(gateway.channel());
    ProviderResponse whole = provider.invoke(request);

    List<StreamChunk> chunks = new ArrayList<>();
    provider.invokeStream(request).forEachRemaining(chunks::add);

    StreamChunk last = chunks.getLast();
    assertThat(last.getDone()).isTrue();
    for (String name : List.of("provider_id", "model", "prompt_tokens", "completion_tokens")) {
      assertThat(last.getMetadataMap().get(name))
          .as(name)
          .isEqualTo(whole.getMetadataMap().get(name));
    }
    assertThat(whole.getCost()).isEqualTo(0.00002);
    assertThat(new BigDecimal(last.getMetadataOrThrow("cost"))).isEqualByComparingTo("0.00002");
  }

  @Test
  void what_fails_is_said_in_its_status() {
    assertThat(ask(ProviderBus.INVOKE, request("boom")).get("error_code").getAsString())
        .isEqualTo("PROVIDER_FAILED");
    assertThat(ask(ProviderBus.INVOKE, "[]").get("error_code").getAsString())
        .isEqualTo("MODEL_REQUEST_INVALID");
    JsonObject unknown = ask(ProviderBus.INVOKE, request("hi").replace("gold", "lead"));
    assertThat(unknown.get("status").getAsString()).isEqualTo("error");
    assertThat(unknown.get("error_code").getAsString()).isEqualTo("PROVIDER_NOT_FOUND");
    assertThat(unknown.getAsJsonObject("metadata").get("error_class").getAsString())
        .isEqualTo("4xx");
  }

  @Test
  void a_request_says_something_and_whose_it_is() {
    for (String body : List.of("", " ", "[1]", "{\\\"text\\\":\\\"hi\\\"}")) {
      assertThat(ask(ProviderBus.INVOKE, request(body)).get("error_message").getAsString())
          .as(body)
          .startsWith("body: ");
    }
    String bytes = request("//4=").replace("{}", "{\"payload_encoding\":\"base64\"}");
    assertThat(ask(ProviderBus.INVOKE, bytes).get("error_message").getAsString())
        .startsWith("body: 2 bytes that are no UTF-8");
    assertThat(
            ask(ProviderBus.INVOKE, "{\"tenant_id\":\"default\"}").get("error_code").getAsString())
        .isEqualTo("MODEL_REQUEST_INVALID");
    assertThat(ask("beamline.provider.gold.v1", "{\"tenant_id\":\"default\"}").toString())
        .contains("prompt");
    JsonObject nobody = ask(ProviderBus.INVOKE, request("hi").replace("\"default\"", "\"\""));
    assertThat(nobody.get("error_code").getAsString()).isEqualTo("MISSING_TENANT_ID");
  }

  @Test
  void a_stream_over_grpc_that_ends_early_says_so_and_is_asked_with_the_time() throws Exception {
    List<ProviderRequest> asked = new CopyOnWriteArrayList<>();
    Server early =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                new ProviderGrpc.ProviderImplBase() {
                  @Override
                  public void invokeStream(
                      ProviderRequest request, StreamObserver<StreamChunk> observer) {
                    asked.add(request);
                    observer.onNext(
                        StreamChunk.newBuilder().setData(ByteString.copyFromUtf8("half")).build());
                    observer.onCompleted();
                  }
                })
            .build()
            .start();
    try (ProviderLink link =
        GrpcProviderLink.connect(
            new RemoteTarget("127.0.0.1", early.getPort(), new RemoteTarget.Security.Plaintext()),
            "",
            "",
            () -> Instant.ofEpochMilli(1_700_000_000_123L))) {
      Chunk last = chunks(link, "hi").getLast();

      assertThat(last)
          .isInstanceOfSatisfying(
              Chunk.Failed.class,
              failed -> assertThat(failed.failure().toString()).contains("ended before"));
      assertThat(asked.getFirst().getTimestampMs()).isEqualTo(1_700_000_000_123L);
    } finally {
      early.shutdownNow();
    }
  }

  @Test
  void the_words_of_the_last_chunk_are_heard_too() {
    String subject = "short.answers";
    try (BusSubscription _ =
        bus.subscribe(
            SubscriptionSpec.of(subject + ProviderBus.STREAM),
            asked ->
                bus.publish(
                    BusMessage.of(
                        asked.replyTo(),
                        Bytes.utf8("{\"data\":\"all of it\",\"done\":true,\"metadata\":{}}"))))) {
      ProviderLink.Chunks chunks =
          new BusProviderLink(bus, subject, "gold", InstantSource.system())
              .open(call("hi"), new CancelSignal());

      assertThat(chunks.next()).isEqualTo(new Chunk.Data(Bytes.utf8("all of it")));
      assertThat(chunks.next()).isInstanceOf(Chunk.Done.class);
      chunks.close();
    }
  }

  @Test
  void a_provider_has_a_subject_of_its_own() {
    JsonObject answer =
        ask(
            "beamline.provider.gold.v1",
            "{\"trace_id\":\"t\",\"tenant_id\":\"default\",\"provider_id\":\"gold\","
                + "\"prompt\":\"hi\",\"parameters\":{\"model\":\"m\"},\"context\":{}}");

    assertThat(answer.get("output").getAsString()).isEqualTo("echo");
    assertThat(answer.getAsJsonObject("usage").get("completion_tokens").getAsInt()).isEqualTo(3);
    assertThat(answer.get("provider_id").getAsString()).isEqualTo("gold");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "bus"})
  void a_service_is_called(String kind) {
    try (ProviderLink link = link(kind)) {
      assertThat(link.invoke(call("hi"), new CancelSignal()))
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              answered -> {
                assertThat(answered.status()).isEqualTo("success");
                assertThat(answered.body().utf8()).contains("\"content\":\"echo\"");
                assertThat(answered.metadata()).containsEntry("completion_tokens", "3");
              });
      assertThat(link.invoke(call("boom"), new CancelSignal()))
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              failed -> assertThat(failed.metadata()).containsEntry("error_class", "5xx"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "bus"})
  void the_trace_of_a_call_goes_on_to_its_provider(String kind) {
    ProviderLink.Call plain = call("hi");
    try (ProviderLink link = link(kind)) {
      Reply _ =
          link.invoke(
              new ProviderLink.Call(
                  "c1", "default", TRACE, plain.body(), plain.parameters(), TIMEOUT),
              new CancelSignal());
    }
    assertThat(gold.trace()).isEqualTo(TRACE);
  }

  @Test
  void what_a_service_takes_is_heard_and_one_with_a_subject_of_its_own_is_called_by_name() {
    List<String> asked = new ArrayList<>();
    String answer =
        "{\"status\":\"success\",\"body\":\"hi\",\"metadata\":{},\"cost\":0.7,\"output\":\"hi\"}";
    for (String subject : List.of("far.away", "beamline.provider.near.v1")) {
      bus.subscribe(
          subject,
          message -> {
            asked.add(message.bytes().utf8());
            bus.publish(message.reply(Bytes.utf8(answer)));
          });
    }

    Reply far =
        new BusProviderLink(bus, "far.away", "", InstantSource.system())
            .invoke(call("hi"), new CancelSignal());
    Reply near =
        new BusProviderLink(bus, "beamline.provider.near.v1", "", InstantSource.system())
            .invoke(call("hi"), new CancelSignal());

    assertThat(((Reply.Answered) far).costUsd()).isEqualTo(0.7);
    assertThat(near).isInstanceOf(Reply.Answered.class);
    assertThat(asked.get(0)).contains("\"provider_id\":\"\"");
    assertThat(asked.get(1)).contains("\"provider_id\":\"near\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "bus"})
  void a_service_streams_and_says_when_it_breaks(String kind) {
    try (ProviderLink link = link(kind)) {
      List<Chunk> whole = chunks(link, "hi");
      List<Chunk> broken = chunks(link, "break");

      assertThat(whole)
          .filteredOn(Chunk.Data.class::isInstance)
          .extracting(chunk -> ((Chunk.Data) chunk).data().utf8())
          .anyMatch(data -> data.contains("echo"))
          .anyMatch(data -> data.contains("\"finish_reason\":\"stop\""));
      assertThat(whole.getLast()).isInstanceOf(Chunk.Done.class);
      assertThat(isSuccess(whole.getLast())).isTrue();
      assertThat(isSuccess(broken.getLast())).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "bus"})
  void whoever_is_gone_before_the_call_begins_is_told_so(String kind) {
    CancelSignal gone = new CancelSignal();
    gone.give();

    try (ProviderLink link = link(kind)) {
      assertThat(link.invoke(call("hi"), gone))
          .isInstanceOfSatisfying(
              Reply.Failed.class,
              failed ->
                  assertThat(failed.failure().errorClass())
                      .isEqualTo(ProviderErrorClass.CANCELLED));
    }
  }

  private static List<Chunk> chunks(ProviderLink link, String words) {
    List<Chunk> all = new ArrayList<>();
    try (ProviderLink.Chunks chunks = link.open(call(words), new CancelSignal())) {
      do {
        all.add(chunks.next());
      } while (all.getLast() instanceof Chunk.Data);
    }
    return all;
  }

  private static boolean isSuccess(Chunk last) {
    return last instanceof Chunk.Done(Map<String, String> metadata)
        && metadata.getOrDefault("status", "success").equals("success");
  }

  @Test
  void a_subject_without_a_listener_and_a_port_without_a_server_are_no_connection() {
    ProviderLink nobody = new BusProviderLink(bus, "nobody.here", "", InstantSource.system());
    assertThat(nobody.invoke(call("hi"), new CancelSignal()))
        .isInstanceOfSatisfying(
            Reply.Failed.class,
            failed -> {
              assertThat(failed.failure().errorClass())
                  .isEqualTo(ProviderErrorClass.CONNECTION_ERROR);
              assertThat(failed.failure().notBegun()).isTrue();
            });
    try (ProviderLink noServer =
        GrpcProviderLink.connect(
            new RemoteTarget("127.0.0.1", 1, new RemoteTarget.Security.Plaintext()),
            "",
            "",
            InstantSource.system())) {
      assertThat(noServer.invoke(call("hi"), new CancelSignal()))
          .isInstanceOfSatisfying(
              Reply.Failed.class,
              failed ->
                  assertThat(failed.failure().errorClass())
                      .isEqualTo(ProviderErrorClass.CONNECTION_ERROR));
    }
  }

  @Test
  void services_that_call_each_other_in_a_ring_end() {
    JsonObject answer =
        ask(
            ProviderBus.INVOKE,
            request("hi").replace("\"metadata\":{}", "\"metadata\":{\"provider_hops\":\"8\"}"));

    assertThat(answer.get("error_code").getAsString()).isEqualTo("PROVIDER_REFUSED");
  }
}
