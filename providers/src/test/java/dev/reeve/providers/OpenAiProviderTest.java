package dev.reeve.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOpening;
import dev.reeve.service.provider.ModelOperation;
import dev.reeve.service.provider.ModelOutcome;
import dev.reeve.service.provider.ModelProvider;
import dev.reeve.service.provider.ModelRequest;
import dev.reeve.service.provider.ModelStream;
import dev.reeve.service.provider.ModelStream.Part;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFacts;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.ProviderHealth;
import dev.reeve.service.provider.Usage;
import dev.reeve.testing.Await;
import dev.reeve.testing.FakeModelServer;
import dev.reeve.testing.ModelFault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiProviderTest {
  private static final String KEY = "sk-test-1234567890";

  private final FakeModelServer server = FakeModelServer.start();
  private final ModelProviders connections = TestProviders.create(InstantSource.system());

  @AfterEach
  void close() {
    connections.close();
    server.close();
  }

  private ModelProvider provider(URI baseUrl, int retries) {
    return connections.open(
        new ProviderSettings(
            new ProviderFacts(
                "gold", "openai", "here", List.of("m"), Map.of(), Duration.ofSeconds(5)),
            baseUrl,
            ApiKey.of(KEY),
            retries));
  }

  private ModelProvider provider() {
    return provider(server.baseUrl(), 0);
  }

  private static ModelRequest chat(boolean streams, Duration timeout) {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"x_own\":[1,2.50]"
            + (streams ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
    return new ModelRequest(ModelOperation.CHAT, "m", Bytes.utf8(body), timeout, "t", "");
  }

  private static ModelRequest chat() {
    return chat(false, Duration.ofSeconds(5));
  }

  private static ProviderFailure failure(ModelOutcome outcome) {
    return ((ModelOutcome.Failed) outcome).failure();
  }

  @Test
  void without_a_key_requests_are_signed_for_whom_they_go_to() {
    Instant now = Instant.parse("2026-11-22T04:00:00Z");
    AwsCredentials credentials = AwsCredentials.of("AKIDEXAMPLE", "secret", "token");
    AwsAccess access = new AwsAccess("us-east-1", new AwsAccess.Source.Given(credentials));
    try (ModelProviders connecting = TestProviders.create(InstantSource.fixed(now))) {
      ModelProvider signing =
          connecting.open(
              new ProviderSettings(
                  new ProviderFacts(
                      "aws", "bedrock", "here", List.of("m"), Map.of(), Duration.ofSeconds(5)),
                  server.baseUrl(),
                  ApiKey.NONE,
                  0,
                  "",
                  Optional.of(access)));

      ModelOutcome outcome = signing.invoke(chat(), new CancelSignal()).join();

      assertThat(outcome).isInstanceOf(ModelOutcome.Answered.class);
      FakeModelServer.Received received = server.received().getFirst();
      Map<String, String> headers = received.headers();
      Map<String, String> expected =
          new AwsSignature("us-east-1", "bedrock")
              .headers(
                  credentials,
                  "POST",
                  received.path(),
                  Map.of("host", String.valueOf(headers.get("host"))),
                  Bytes.utf8(received.body()),
                  now);
      assertThat(headers).containsAllEntriesOf(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void without_credentials_nothing_is_sent_and_others_may_be_asked(boolean streams) {
    AwsAccess access =
        new AwsAccess(
            "us-east-1", new AwsAccess.Source.Profile(Path.of("no", "such", "file"), "default"));
    try (ModelProviders connecting = TestProviders.create(InstantSource.system())) {
      ModelProvider signing =
          connecting.open(
              new ProviderSettings(
                  new ProviderFacts(
                      "aws", "bedrock", "here", List.of("m"), Map.of(), Duration.ofSeconds(5)),
                  server.baseUrl(),
                  ApiKey.NONE,
                  0,
                  "",
                  Optional.of(access)));

      ProviderFailure failure =
          streams
              ? ((ModelOpening.Failed)
                      signing.open(chat(true, Duration.ofSeconds(5)), new CancelSignal()))
                  .failure()
              : failure(signing.invoke(chat(), new CancelSignal()).join());

      assertThat(failure.errorClass()).isEqualTo(ProviderErrorClass.KEY_MISSING);
      assertThat(failure.message())
          .isEqualTo("no credentials: the credentials file cannot be read");
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void a_request_passes_as_it_is_and_the_answer_too() {
    server.say("fine");

    ModelOutcome outcome = provider().invoke(chat(), new CancelSignal()).join();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ModelOutcome.Answered.class,
            answered -> {
              assertThat(answered.body().utf8()).contains("\"content\":\"fine\"");
              assertThat(answered.usage()).isEqualTo(Usage.told(7, 0, 1));
            });
    FakeModelServer.Received received = server.received().getFirst();
    assertThat(received.path()).isEqualTo("/v1/chat/completions");
    assertThat(received.body()).isEqualTo(chat().body().utf8());
    assertThat(received.headers()).containsEntry("authorization", "Bearer " + KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "500, , SERVER_ERROR",
    "503, , SERVER_ERROR",
    "504, , TIMEOUT",
    "408, , TIMEOUT",
    "429, rate_limit, RATE_LIMITED",
    "401, invalid_api_key, UNAUTHORIZED",
    "400, invalid, REFUSED",
    "400, context_length_exceeded, CONTEXT_WINDOW",
    "400, content_filter, CONTENT_POLICY",
    "404, model_not_found, REFUSED"
  })
  void an_error_has_a_class(int status, String code, ProviderErrorClass expected) {
    server.fail(new ModelFault.Status(status, "", String.valueOf(code)));

    ProviderFailure failure = failure(provider().invoke(chat(), new CancelSignal()).join());

    assertThat(failure.errorClass()).isEqualTo(expected);
    assertThat(failure.httpStatus()).isEqualTo(status);
    assertThat(failure.body().isEmpty()).isEqualTo(!expected.isOfCaller());
  }

  @Test
  void a_wait_that_the_provider_asks_for_is_told() {
    server.fail(new ModelFault.Status(429, "30", "rate_limit"));

    ProviderFailure failure = failure(provider().invoke(chat(), new CancelSignal()).join());

    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
  }

  @Test
  void what_was_refused_before_it_began_is_tried_again_as_often_as_allowed() {
    server.fail(
        new ModelFault.Status(503, "0", "busy"), new ModelFault.Status(429, "0", "rate_limit"));

    ModelOutcome outcome = provider(server.baseUrl(), 2).invoke(chat(), new CancelSignal()).join();

    assertThat(outcome).isInstanceOf(ModelOutcome.Answered.class);
    assertThat(server.received()).hasSize(3);
  }

  @Test
  void what_may_have_been_done_is_not_done_again() {
    server.fail(new ModelFault.Status(500, "", "broken"));

    ProviderFailure failure =
        failure(provider(server.baseUrl(), 5).invoke(chat(), new CancelSignal()).join());

    assertThat(failure.errorClass()).isEqualTo(ProviderErrorClass.SERVER_ERROR);
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void a_late_answer_is_a_timeout() {
    server.fail(new ModelFault.Slow(Duration.ofSeconds(5)));

    ProviderFailure failure =
        failure(provider().invoke(chat(false, Duration.ofMillis(100)), new CancelSignal()).join());

    assertThat(failure.errorClass()).isEqualTo(ProviderErrorClass.TIMEOUT);
  }

  @Test
  void a_connection_that_breaks_or_is_refused_is_named() {
    server.fail(new ModelFault.Cut(0));
    ProviderFailure broke = failure(provider().invoke(chat(), new CancelSignal()).join());
    URI nobody = server.baseUrl();
    server.close();

    ProviderFailure refused =
        failure(provider(nobody, 0).invoke(chat(), new CancelSignal()).join());

    assertThat(broke.errorClass()).isEqualTo(ProviderErrorClass.CONNECTION_ERROR);
    assertThat(broke.notBegun()).isFalse();
    assertThat(refused.errorClass()).isEqualTo(ProviderErrorClass.CONNECTION_ERROR);
    assertThat(refused.notBegun()).isTrue();
  }

  @Test
  void an_answer_that_is_none_is_the_providers_failure() {
    server.fail(new ModelFault.Garbage());

    ProviderFailure failure = failure(provider().invoke(chat(), new CancelSignal()).join());

    assertThat(failure.errorClass()).isEqualTo(ProviderErrorClass.SERVER_ERROR);
    assertThat(failure.message()).doesNotContain("html");
  }

  @Test
  void a_stream_comes_in_chunks_with_its_tokens_at_the_end() {
    server.say("one two three");

    List<Part> parts = read(chat(true, Duration.ofSeconds(5)));

    assertThat(parts).hasSize(7);
    assertThat(((Part.Chunk) parts.get(1)).body().utf8()).contains("\"one \"");
    assertThat(parts.getLast()).isEqualTo(new Part.End(Usage.told(7, 0, 3)));
  }

  @Test
  void a_stream_that_is_cut_is_broken() {
    server.say("one two three");
    server.fail(new ModelFault.Cut(2));

    List<Part> parts = read(chat(true, Duration.ofSeconds(5)));

    assertThat(parts.getLast())
        .isInstanceOfSatisfying(
            Part.Broken.class,
            broken ->
                assertThat(broken.failure().errorClass())
                    .isEqualTo(ProviderErrorClass.CONNECTION_ERROR));
  }

  @Test
  void half_a_document_breaks_a_stream() {
    server.fail(new ModelFault.BrokenEvent(1));

    List<Part> parts = read(chat(true, Duration.ofSeconds(5)));

    assertThat(parts.getLast()).isInstanceOf(Part.Broken.class);
  }

  @Test
  void a_stream_that_does_not_begin_has_failed() {
    server.fail(new ModelFault.Status(429, "7", "rate_limit"), new ModelFault.Garbage());

    ModelOpening limited = provider().open(chat(true, Duration.ofSeconds(5)), new CancelSignal());
    ModelOpening garbage = provider().open(chat(true, Duration.ofSeconds(5)), new CancelSignal());

    assertThat(((ModelOpening.Failed) limited).failure().retryAfter())
        .contains(Duration.ofSeconds(7));
    assertThat(((ModelOpening.Failed) garbage).failure().errorClass())
        .isEqualTo(ProviderErrorClass.SERVER_ERROR);
  }

  @Test
  void whoever_went_away_is_not_worked_for() {
    server.fail(new ModelFault.Slow(Duration.ofSeconds(30)));
    CancelSignal cancel = new CancelSignal();
    Thread.ofVirtual()
        .start(() -> {
          Await.until("a request", () -> !server.received().isEmpty());
          cancel.give();
        });

    ProviderFailure failure = failure(provider().invoke(chat(), cancel).join());

    assertThat(failure.errorClass()).isEqualTo(ProviderErrorClass.CANCELLED);
  }

  @Test
  void health_follows_the_latest_calls() {
    ModelProvider provider = provider();
    assertThat(provider.health().status()).isEqualTo(ProviderHealth.Status.UNKNOWN);
    server.failAlways(new ModelFault.Status(500, "", "x"));

    for (int i = 0; i < 3; i++) {
      ModelOutcome _ = provider.invoke(chat(), new CancelSignal()).join();
    }
    ProviderHealth down = provider.health();
    server.failAlways(null);
    ModelOutcome _ = provider.invoke(chat(), new CancelSignal()).join();

    assertThat(down.status()).isEqualTo(ProviderHealth.Status.UNHEALTHY);
    assertThat(down.lastFailure()).isEqualTo("5xx: HTTP 500 x");
    assertThat(provider.health().status()).isEqualTo(ProviderHealth.Status.HEALTHY);
  }

  @Test
  void a_key_is_never_shown() {
    assertThat(new ProviderSettings(provider().facts(), server.baseUrl(), ApiKey.of(KEY), 0))
        .asString()
        .doesNotContain(KEY);
  }

  private List<Part> read(ModelRequest request) {
    ModelOpening opening = provider().open(request, new CancelSignal());
    List<Part> parts = new ArrayList<>();
    try (ModelStream stream = ((ModelOpening.Opened) opening).stream()) {
      do {
        parts.add(stream.next());
      } while (parts.getLast() instanceof Part.Chunk);
    }
    return parts;
  }
}
