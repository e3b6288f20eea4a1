package dev.reeve.providers;

import dev.reeve.base.Bytes;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOpening;
import dev.reeve.service.provider.ModelOutcome;
import dev.reeve.service.provider.ModelProvider;
import dev.reeve.service.provider.ModelRequest;
import dev.reeve.service.provider.ModelStream;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFacts;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.ProviderHealth;
import dev.reeve.service.provider.Usage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// What every adapter needs around its wire: retries, health, and a guess where a provider does not
/// tell its tokens. Safe on any thread.
final class SettledProvider implements ModelProvider {
  /// Makes single calls; what goes wrong outside is an outcome.
  interface Wire extends AutoCloseable {
    /// Does not block.
    CompletableFuture<ModelOutcome> invoke(ModelRequest request, CancelSignal cancel);

    /// Blocks until the stream begins.
    ModelOpening open(ModelRequest request, CancelSignal cancel);

    @Override
    void close();
  }

  private final ProviderFacts facts;
  private final Retries retries;
  private final Wire wire;
  private final Supplier<Executor> within;
  private final HealthRecord health = new HealthRecord();

  /// @param retriesMax how often a call is repeated that cannot have begun
  /// @param within gives what runs the later steps of a call in place, within that call
  SettledProvider(ProviderFacts facts, int retriesMax, Wire wire, Supplier<Executor> within) {
    this.facts = facts;
    this.within = within;
    this.retries = new Retries(retriesMax, new Waiting(within));
    this.wire = wire;
  }

  @Override
  public ProviderFacts facts() {
    return facts;
  }

  @Override
  public CompletableFuture<ModelOutcome> invoke(ModelRequest request, CancelSignal cancel) {
    return invoke(request, cancel, 1);
  }

  private CompletableFuture<ModelOutcome> invoke(
      ModelRequest request, CancelSignal cancel, int made) {
    if (cancel.isGiven()) {
      return CompletableFuture.completedFuture(new ModelOutcome.Failed(gone()));
    }
    long start = System.nanoTime();
    return wire.invoke(request, cancel)
        .thenComposeAsync(
            outcome ->
                switch (outcome) {
                  case ModelOutcome.Answered answered -> {
                    health.succeeded(System.nanoTime() - start);
                    yield CompletableFuture.completedFuture(settled(request, answered));
                  }
                  case ModelOutcome.Failed failed -> {
                    health.failed(failed.failure());
                    yield retries
                        .again(failed.failure(), made, cancel)
                        .thenCompose(again ->
                            again
                                ? invoke(request, cancel, made + 1)
                                : CompletableFuture.completedFuture(failed));
                  }
                },
            within.get());
  }

  private static ModelOutcome settled(ModelRequest request, ModelOutcome.Answered answered) {
    Usage usage = told(answered.usage(), request.body().size(), answered.body().size());
    return new ModelOutcome.Answered(answered.body(), usage);
  }

  @Override
  public ModelOpening open(ModelRequest request, CancelSignal cancel) {
    for (int made = 1; ; made++) {
      if (cancel.isGiven()) {
        return new ModelOpening.Failed(gone());
      }
      long start = System.nanoTime();
      switch (wire.open(request, cancel)) {
        case ModelOpening.Opened opened -> {
          health.succeeded(System.nanoTime() - start);
          return new ModelOpening.Opened(new Counted(opened.stream(), request.body().size()));
        }
        case ModelOpening.Failed failed -> {
          health.failed(failed.failure());
          if (!retries.again(failed.failure(), made, cancel).join()) {
            return failed;
          }
        }
      }
    }
  }

  private static ProviderFailure gone() {
    return ProviderFailure.of(ProviderErrorClass.CANCELLED, "the caller went away");
  }

  private static Usage told(Usage usage, long requestBytes, long answerBytes) {
    return usage.estimated() && usage.totalTokens() == 0
        ? Usage.guess(requestBytes, answerBytes).withCharged(usage.charged())
        : usage;
  }

  @Override
  public ProviderHealth health() {
    return health.now();
  }

  @Override
  public void close() {
    wire.close();
  }

  /// A stream whose bytes are counted, for a guess, and whose break is a failure of the provider.
  private final class Counted implements ModelStream {
    /// What a chunk has around its text, about.
    private static final int ENVELOPE_BYTES = 160;

    private final ModelStream stream;
    private final long requestBytes;
    private long answerBytes;

    private Counted(ModelStream stream, long requestBytes) {
      this.stream = stream;
      this.requestBytes = requestBytes;
    }

    @Override
    public Part next() {
      return switch (stream.next()) {
        case Part.Chunk(Bytes body) -> {
          answerBytes += Math.max(0, body.size() - ENVELOPE_BYTES);
          yield new Part.Chunk(body);
        }
        case Part.End(Usage usage) -> new Part.End(told(usage, requestBytes, answerBytes));
        case Part.Broken broken -> {
          health.failed(broken.failure());
          yield broken;
        }
      };
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
