package dev.reeve.providers;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.reeve.base.Bytes;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOpening;
import dev.reeve.service.provider.ModelOperation;
import dev.reeve.service.provider.ModelOutcome;
import dev.reeve.service.provider.ModelRequest;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.Usage;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Anthropic's messages through a library: requests and answers are translated. Chat alone.
final class AnthropicWire implements SettledProvider.Wire {
  /// The library wants a key; a server that needs none ignores this one.
  private static final String NO_KEY = "none";

  private final ChatModel whole;
  private final StreamingChatModel streaming;
  private final InstantSource clock;
  private final Executor blocking;

  /// @param blocking for the library, which blocks
  AnthropicWire(ProviderSettings settings, InstantSource clock, Executor blocking) {
    String baseUrl = settings.baseUrl().toString();
    String base = baseUrl.endsWith("/") ? baseUrl : baseUrl + "/";
    String key = settings.key().isPresent() ? settings.key().reveal() : NO_KEY;
    String model = settings.facts().models().stream().findFirst().orElse("none");
    this.whole =
        AnthropicChatModel.builder()
            .httpClientBuilder(new LibraryHttp.Builder())
            .baseUrl(base)
            .apiKey(key)
            .modelName(model)
            .timeout(settings.facts().timeout())
            .maxRetries(0)
            .build();
    this.streaming =
        AnthropicStreamingChatModel.builder()
            .httpClientBuilder(new LibraryHttp.Builder())
            .baseUrl(base)
            .apiKey(key)
            .modelName(model)
            .timeout(settings.facts().timeout())
            .build();
    this.clock = clock;
    this.blocking = blocking;
  }

  @Override
  public CompletableFuture<ModelOutcome> invoke(ModelRequest request, CancelSignal cancel) {
    return CompletableFuture.supplyAsync(() -> answer(request, cancel), blocking);
  }

  private ModelOutcome answer(ModelRequest request, CancelSignal cancel) {
    if (request.operation() != ModelOperation.CHAT) {
      return new ModelOutcome.Failed(notOffered(request));
    }
    Thread caller = Thread.currentThread();
    Runnable forget = cancel.whenGiven(caller::interrupt);
    try {
      ChatResponse response = whole.chat(translated(request));
      return new ModelOutcome.Answered(
          forms(request).whole(response), ChatForms.usage(response).orElse(Usage.UNKNOWN));
    } catch (ChatTranslation.Untranslatable e) {
      return new ModelOutcome.Failed(refused(e.why()));
    } catch (RuntimeException e) {
      return new ModelOutcome.Failed(LibraryFailures.of(e, cancel, clock.instant()));
    } finally {
      forget.run();
      if (cancel.isGiven()) {
        boolean _ = Thread.interrupted();
      }
    }
  }

  @Override
  public ModelOpening open(ModelRequest request, CancelSignal cancel) {
    if (request.operation() != ModelOperation.CHAT) {
      return new ModelOpening.Failed(notOffered(request));
    }
    try {
      LibraryStream stream = new LibraryStream(forms(request), request.timeout(), cancel, clock);
      streaming.chat(translated(request), stream.handler());
      return stream.opening();
    } catch (ChatTranslation.Untranslatable e) {
      return new ModelOpening.Failed(refused(e.why()));
    } catch (RuntimeException e) {
      return new ModelOpening.Failed(LibraryFailures.of(e, cancel, clock.instant()));
    }
  }

  private ChatForms forms(ModelRequest request) {
    return new ChatForms(
        "chatcmpl-" + UUID.randomUUID(), request.model(), clock.instant().getEpochSecond());
  }

  private static ChatRequest translated(ModelRequest request) {
    JsonValue body = JsonText.parse(request.body().utf8()).orElse(new JsonValue.Absent());
    return ChatTranslation.request(
        request.model(),
        body instanceof JsonValue.Members members ? members : new JsonValue.Members(Map.of()));
  }

  private static ProviderFailure notOffered(ModelRequest request) {
    return refused(request.operation().path() + " is not offered by this provider");
  }

  private static ProviderFailure refused(String why) {
    String body =
        "{\"error\":{\"message\":"
            + JsonText.quote(why)
            + ",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"unsupported\"}}";
    return new ProviderFailure(
        ProviderErrorClass.REFUSED, 400, why, true, Optional.empty(), Bytes.utf8(body));
  }

  @Override
  public void close() {
    // The library lets go of its connections by itself.
  }
}
