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
import dev.reeve.service.provider.ProviderFacts;
import dev.reeve.service.provider.ProviderLink;
import dev.reeve.service.provider.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of what a provider service answers.
class RemoteProviderTest {
  private final ModelProviders connections = TestProviders.create(InstantSource.system());
  private final Queue<ProviderLink.Chunk> chunks = new ArrayDeque<>();
  private static final Optional<BigDecimal> CHARGED = Optional.of(new BigDecimal("0.7"));
  private ProviderLink.Reply reply = answered("success", "", Map.of(), "");

  @AfterEach
  void close() {
    connections.close();
  }

  private static ProviderLink.Reply answered(
      String status, String body, Map<String, String> metadata, String code) {
    return new ProviderLink.Reply.Answered(status, Bytes.utf8(body), metadata, 0.7, code, "secret");
  }

  private ModelProvider provider() {
    ProviderLink link =
        new ProviderLink() {
          @Override
          public Reply invoke(Call call, CancelSignal cancel) {
            return reply;
          }

          @Override
          public Chunks open(Call call, CancelSignal cancel) {
            return new Chunks() {
              @Override
              public Chunk next() {
                return chunks.remove();
              }

              @Override
              public void close() {
                chunks.clear();
              }
            };
          }

          @Override
          public void close() {
            chunks.clear();
          }
        };
    return connections.open(
        new ProviderFacts("far", "remote", "there", List.of("m"), Map.of(), Duration.ofSeconds(5)),
        0,
        link);
  }

  private static ModelRequest request(ModelOperation operation) {
    return new ModelRequest(
        operation,
        "m",
        Bytes.utf8("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"),
        Duration.ofSeconds(5),
        "t",
        "");
  }

  private ModelOutcome invoke() {
    return provider().invoke(request(ModelOperation.CHAT), new CancelSignal()).join();
  }

  @Test
  void a_text_becomes_an_answer_of_the_api_with_its_tokens() {
    reply =
        answered("success", "hello", Map.of("prompt_tokens", "4", "completion_tokens", "2"), "");

    assertThat(invoke())
        .isInstanceOfSatisfying(
            ModelOutcome.Answered.class,
            answered -> {
              assertThat(answered.body().utf8())
                  .contains("\"content\":\"hello\"", "\"finish_reason\":\"stop\"");
              assertThat(answered.usage()).isEqualTo(Usage.told(4, 0, 2).withCharged(CHARGED));
            });
  }

  @Test
  void an_answer_of_the_api_passes_as_it_is() {
    String body = "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}";
    reply = answered("success", body, Map.of(), "");

    assertThat(((ModelOutcome.Answered) invoke()).body().utf8()).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({
    "timeout, '', '', timeout",
    "error, CONNECTION_TIMEOUT, '', timeout",
    "error, NETWORK_ERROR, '', connection_error",
    "error, 3001, '', connection_error",
    "error, rate_limit_exceeded, '', rate_limited",
    "error, INVALID_INPUT, '', 4xx",
    "error, anything else, '', 5xx",
    "error, PROVIDER_FAILED, connection_error, connection_error",
    "'', '', '', 5xx",
  })
  void a_failure_has_the_class_of_its_code(
      String status, String code, String named, String errorClass) {
    reply = answered(status, "", named.isEmpty() ? Map.of() : Map.of("error_class", named), code);

    assertThat(invoke())
        .isInstanceOfSatisfying(
            ModelOutcome.Failed.class,
            failed -> {
              assertThat(failed.failure().errorClass().status()).isEqualTo(errorClass);
              assertThat(failed.failure().message()).doesNotContain("secret", "anything else");
            });
  }

  @Test
  void texts_of_a_stream_become_chunks_with_an_end() {
    chunks.add(new ProviderLink.Chunk.Data(Bytes.utf8("one ")));
    chunks.add(new ProviderLink.Chunk.Data(Bytes.utf8("two")));
    chunks.add(
        new ProviderLink.Chunk.Done(
            Map.of("cost", "0.7", "prompt_tokens", "4", "completion_tokens", "2")));

    List<String> texts = new ArrayList<>();
    ModelStream stream = open();
    ModelStream.Part part = stream.next();
    while (part instanceof ModelStream.Part.Chunk(Bytes body)) {
      texts.add(body.utf8());
      part = stream.next();
    }

    assertThat(String.join("\n", texts))
        .contains("\"content\":\"one \"", "\"content\":\"two\"", "\"finish_reason\":\"stop\"");
    assertThat(part).isEqualTo(new ModelStream.Part.End(Usage.told(4, 0, 2).withCharged(CHARGED)));
  }

  @Test
  void a_stream_that_ends_with_a_failure_broke_off() {
    chunks.add(new ProviderLink.Chunk.Data(Bytes.utf8("one ")));
    chunks.add(new ProviderLink.Chunk.Done(Map.of("status", "timeout", "error_code", "TIMEOUT")));

    ModelStream stream = open();
    ModelStream.Part part = stream.next();
    while (part instanceof ModelStream.Part.Chunk) {
      part = stream.next();
    }

    assertThat(part).isInstanceOf(ModelStream.Part.Broken.class);
  }

  private ModelStream open() {
    return ((ModelOpening.Opened) provider().open(request(ModelOperation.CHAT), new CancelSignal()))
        .stream();
  }

  @Test
  void what_is_no_chat_is_refused_by_name() {
    assertThat(provider().invoke(request(ModelOperation.EMBEDDING), new CancelSignal()).join())
        .isInstanceOfSatisfying(
            ModelOutcome.Failed.class,
            failed -> assertThat(failed.failure().message()).startsWith("embedding"));
  }
}
