package dev.reeve.providers;

import static com.linecorp.armeria.client.ClientFactoryOptions.CHANNEL_PIPELINE_CUSTOMIZER;

import com.linecorp.armeria.client.ClientFactory;
import dev.reeve.service.provider.ModelProvider;
import dev.reeve.service.provider.ProviderFacts;
import dev.reeve.service.provider.ProviderLink;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Makes the providers of this module and owns their connections.
public final class ModelProviders implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

  /// Where the APIs of each kind are, unless the configuration says otherwise.
  private static final Map<String, URI> BASE_URLS =
      Map.of(
          "openai", URI.create("https://api.openai.com/v1"),
          "anthropic", URI.create("https://api.anthropic.com/v1"),
          "gemini", URI.create("https://generativelanguage.googleapis.com/v1beta/openai"),
          "ollama", URI.create("http://127.0.0.1:11434/v1"));

  private final ClientFactory factory;
  private final InstantSource clock;
  private final ProviderThreads threads;

  private ModelProviders(ClientFactory factory, InstantSource clock, ProviderThreads threads) {
    this.factory = factory;
    this.clock = clock;
    this.threads = threads;
  }

  /// Asks nobody.
  ///
  /// @param threads not closed
  public static ModelProviders create(ProviderThreads threads, InstantSource clock) {
    ClientFactory factory =
        ClientFactory.builder()
            .workerGroup(threads.loops(), false)
            .eventLoopSchedulerFactory(OwnLoop::new)
            .connectTimeout(CONNECT_TIMEOUT)
            .idleTimeout(IDLE_TIMEOUT)
            .option(CHANNEL_PIPELINE_CUSTOMIZER, ModelProviders::sendHeadWithBody)
            .build();
    return new ModelProviders(factory, clock, threads);
  }

  /// A request without a stream is flushed twice, after its head and after its body: both leave
  /// with the second, or at the end of the event loop's turn where none follows.
  private static void sendHeadWithBody(ChannelPipeline pipeline) {
    pipeline.addFirst(new FlushConsolidationHandler(2, true));
  }

  /// The kinds that this module makes. `bedrock` and `gemini` are reached by the endpoints that
  /// speak the OpenAI protocol.
  public static Set<String> kinds() {
    return Set.of("openai", "anthropic", "gemini", "bedrock", "ollama");
  }

  /// Where the API of a kind is by default; empty when only the user knows.
  public static Optional<URI> defaultBaseUrl(String kind) {
    return Optional.ofNullable(BASE_URLS.get(kind));
  }

  /// A provider by its settings. Asks nobody.
  ///
  /// @throws IllegalArgumentException for a kind that is not one of [#kinds]
  public ModelProvider open(ProviderSettings settings) {
    if (!settings.missingKey().isEmpty()) {
      return new KeylessProvider(settings.facts(), settings.missingKey());
    }
    SettledProvider.Wire wire =
        switch (settings.facts().kind()) {
          case "openai", "gemini", "bedrock", "ollama" ->
              new OpenAiWire(settings, factory, clock, threads.blocking());
          case "anthropic" -> new AnthropicWire(settings, clock, threads.blocking());

          default -> throw new IllegalArgumentException("kind: " + settings.facts().kind());
        };
    return new SettledProvider(settings.facts(), settings.retriesMax(), wire, threads.within());
  }

  /// A provider that is a service of its own. Asks nobody.
  ///
  /// @param link the way to it; closed with the provider
  public ModelProvider open(ProviderFacts facts, int retriesMax, ProviderLink link) {
    return new SettledProvider(
        facts, retriesMax, new RemoteWire(link, clock, threads.blocking()), threads.within());
  }

  /// A provider that has no key and is asked nothing.
  ///
  /// @param missingKey the variable that should hold it
  public ModelProvider keyless(ProviderFacts facts, String missingKey) {
    return new KeylessProvider(facts, missingKey);
  }

  @Override
  public void close() {
    // Nobody waits for connections to end.
    CompletableFuture<?> _ = factory.closeAsync();
  }
}
