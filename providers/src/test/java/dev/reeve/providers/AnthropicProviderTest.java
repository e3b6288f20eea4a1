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
import dev.reeve.service.provider.ProviderFailures;
import dev.reeve.service.provider.ProviderHealth;
import dev.reeve.service.provider.Usage;
import dev.reeve.testing.FakeModelServer;
import dev.reeve.testing.ModelFault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicProviderTest {
  private final FakeModelServer server = FakeModelServer.start();
  private final ModelProviders connections = TestProviders.create(InstantSource.system());

  @AfterEach
  void close() {
    connections.close();
    server.close();
  }

  private ModelProvider provider() {
    return connections.open(
        new ProviderSettings(
            new ProviderFacts(
                "claude", "anthropic", "here", List.of("m"), Map.of(), Duration.ofSeconds(5)),
            server.baseUrl(),
            ApiKey.of("sk-ant-test"),
            0));
  }

  private static ModelRequest chat(String more) {
    String body =
        """
        {"model":"m","max_tokens":50,"messages":[{"role":"system","content":"be brief"},
        {"role":"user","content":[{"type":"text","text":"hi"}]}]%s}\
        """
            .formatted(more);
    return new ModelRequest(
        ModelOperation.CHAT, "m", Bytes.utf8(body), Duration.ofSeconds(5), "t", "");
  }

  @Test
  void a_request_and_its_answer_are_translated() {
    server.say("fine");

    ModelOutcome outcome = provider().invoke(chat(""), new CancelSignal()).join();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ModelOutcome.Answered.class,
            answered -> {
              assertThat(answered.body().utf8())
                  .contains("\"object\":\"chat.completion\"")
                  .contains("\"content\":\"fine\"")
                  .contains("\"finish_reason\":\"stop\"")
                  .contains("\"total_tokens\":8");
              assertThat(answered.usage()).isEqualTo(Usage.told(7, 0, 1));
            });
    FakeModelServer.Received received = server.received().getFirst();
    assertThat(received.path()).isEqualTo("/v1/messages");
    assertThat(received.headers()).containsEntry("x-api-key", "sk-ant-test");
    assertThat(received.body()).contains("be brief").contains("\"max_tokens\"");
  }

  @Test
  void a_stream_is_translated_chunk_by_chunk() {
    server.say("one two three");
    ModelOpening opening = provider().open(chat(",\"stream\":true"), new CancelSignal());

    List<Part> parts = new ArrayList<>();
    try (ModelStream stream = ((ModelOpening.Opened) opening).stream()) {
      do {
        parts.add(stream.next());
      } while (parts.getLast() instanceof Part.Chunk);
    }

    assertThat(parts.stream().filter(Part.Chunk.class::isInstance))
        .map(part -> ((Part.Chunk) part).body().utf8())
        .anySatisfy(chunk -> assertThat(chunk).contains("\"role\":\"assistant\""))
        .anySatisfy(chunk -> assertThat(chunk).contains("\"content\":\"two \""))
        .anySatisfy(chunk -> assertThat(chunk).contains("\"finish_reason\":\"stop\""));
    assertThat(parts.getLast()).isEqualTo(new Part.End(Usage.told(7, 0, 3)));
  }

  @ParameterizedTest
  @CsvSource({
    "500, SERVER_ERROR",
    "529, SERVER_ERROR",
    "429, RATE_LIMITED",
    "401, UNAUTHORIZED",
    "400, REFUSED"
  })
  void an_error_has_a_class(int status, ProviderErrorClass expected) {
    server.fail(new ModelFault.Status(status, "", "planned"));

    ModelOutcome outcome = provider().invoke(chat(""), new CancelSignal()).join();

    ProviderFailure failure = ((ModelOutcome.Failed) outcome).failure();
    assertThat(failure.errorClass()).isEqualTo(expected);
    assertThat(failure.message()).isEqualTo("HTTP " + status);
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void what_a_refusal_says_of_when_to_ask_again_is_kept() {
    server.fail(new ModelFault.Status(429, "7", "planned"));
    ModelOutcome whole = provider().invoke(chat(""), new CancelSignal()).join();
    server.fail(new ModelFault.Status(529, "9", "planned"));
    ModelOpening stream = provider().open(chat(",\"stream\":true"), new CancelSignal());

    ProviderFailure limited = ((ModelOutcome.Failed) whole).failure();
    ProviderFailure overloaded = ((ModelOpening.Failed) stream).failure();
    assertThat(limited.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(limited.errorClass()).isEqualTo(ProviderErrorClass.RATE_LIMITED);
    assertThat(overloaded.retryAfter()).contains(Duration.ofSeconds(9));
    assertThat(overloaded.message()).isEqualTo("HTTP 529");
  }

  @Test
  void a_provider_without_its_key_is_down_and_sends_nothing() {
    ModelProvider keyless =
        connections.open(
            new ProviderSettings(
                provider().facts(),
                server.baseUrl(),
                ApiKey.NONE,
                3,
                "CLAUDE_KEY",
                Optional.empty()));

    ModelOutcome outcome = keyless.invoke(chat(""), new CancelSignal()).join();

    ProviderFailure failure = ((ModelOutcome.Failed) outcome).failure();
    assertThat(failure.errorClass().status()).isEqualTo("connection_error");
    assertThat(ProviderFailures.problem(failure).reason()).isEqualTo("PROVIDER_KEY_MISSING");
    assertThat(failure.message())
        .isEqualTo("claude has no key: the variable CLAUDE_KEY is not set");
    assertThat(keyless.health().status()).isEqualTo(ProviderHealth.Status.UNHEALTHY);
    assertThat(server.received()).isEmpty();
  }

  @Test
  void a_stream_that_does_not_begin_has_failed() {
    server.fail(new ModelFault.Status(500, "", "planned"));

    ModelOpening opening = provider().open(chat(",\"stream\":true"), new CancelSignal());

    assertThat(((ModelOpening.Failed) opening).failure().errorClass())
        .isEqualTo(ProviderErrorClass.SERVER_ERROR);
  }

  @Test
  void what_has_no_counterpart_is_refused_by_name() {
    ModelOutcome outcome = provider().invoke(chat(",\"n\":2"), new CancelSignal()).join();

    ProviderFailure failure = ((ModelOutcome.Failed) outcome).failure();
    assertThat(failure.errorClass()).isEqualTo(ProviderErrorClass.REFUSED);
    assertThat(failure.message()).startsWith("n: ");
    assertThat(server.received()).isEmpty();
  }
}
