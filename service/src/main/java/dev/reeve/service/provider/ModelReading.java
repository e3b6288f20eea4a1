package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import dev.reeve.service.provider.ModelScreen.Screened;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A streamed answer on its way to a caller: only what may be read, at the caller's pace. Read by
/// one thread; closed by any.
public final class ModelReading implements AutoCloseable {
  /// How it ended.
  ///
  /// @param status `success`, `withheld`, `cancelled`, or that of [ProviderErrorClass#status]
  /// @param usage of the call; a guess when it broke off
  /// @param releasedBytes bytes of chunks that were handed out
  /// @param releasedHash SHA-256 of them
  /// @param withheld why, if something may not be read
  public record End(
      String status,
      Usage usage,
      long releasedBytes,
      Bytes releasedHash,
      Optional<Screened.Withheld> withheld) {}

  private final ModelStream stream;
  private final StreamScreen screen;
  private final Deque<Bytes> ready = new ArrayDeque<>();
  private final ReleasedBytes released = new ReleasedBytes();
  private @Nullable Consumer<End> whenOver;
  private Optional<ProviderFailure> failure = Optional.empty();
  private Optional<Screened.Withheld> withheld = Optional.empty();
  private Usage usage = Usage.UNKNOWN;
  private boolean over;
  private boolean told;
  private boolean whole;

  ModelReading(ModelStream stream, StreamScreen screen) {
    this.stream = stream;
    this.screen = screen;
  }

  /// Reads until something may leave, or it is over.
  ///
  /// @return why the provider gave nothing that may leave; empty when there is something, or an end
  Optional<ProviderFailure> begin() {
    fill();
    return ready.isEmpty() ? failure : Optional.empty();
  }

  Optional<Screened.Withheld> withheld() {
    return ready.isEmpty() ? withheld : Optional.empty();
  }

  void whenOver(Consumer<End> listener) {
    whenOver = listener;
  }

  /// The next chunk in the JSON of the OpenAI API; empty at the end.
  ///
  /// @throws dev.reeve.base.ProblemException when it broke off, or the rest may not be read
  public Optional<Bytes> next() {
    fill();
    Bytes chunk = ready.poll();
    if (chunk != null) {
      released.add(chunk);
      return Optional.of(chunk);
    }
    tell();
    if (withheld.isPresent()) {
      throw CallModel.refusal(withheld.get())
          .with("released_bytes", Long.toString(released.count()))
          .toException();
    }
    if (failure.isPresent()) {
      throw ProviderFailures.problem(failure.get()).toException();
    }
    return Optional.empty();
  }

  private void fill() {
    while (ready.isEmpty() && !over) {
      switch (stream.next()) {
        case ModelStream.Part.Chunk(Bytes body) -> take(screen.feed(body));
        case ModelStream.Part.End(Usage all) -> {
          usage = all;
          whole = true;
          over = true;
          take(screen.finish());
        }
        case ModelStream.Part.Broken(ProviderFailure broken) -> {
          over = true;
          failure = Optional.of(broken);
        }
      }
    }
  }

  private void take(StreamScreen.Step step) {
    switch (step) {
      case StreamScreen.Step.Leave(var chunks) -> ready.addAll(chunks);
      case StreamScreen.Step.Stop(Screened.Withheld why) -> {
        over = true;
        withheld = Optional.of(why);
      }
    }
  }

  /// Ends the call, whether it is over or not. Idempotent.
  @Override
  public void close() {
    over = true;
    stream.close();
    tell();
  }

  private synchronized void tell() {
    Consumer<End> listener = whenOver;
    if (told || listener == null) {
      return;
    }
    told = true;
    Usage counted =
        usage.totalTokens() == 0
            ? Usage.guess(0, released.count()).withCharged(usage.charged())
            : usage;
    listener.accept(new End(status(), counted, released.count(), released.hash(), withheld));
  }

  private String status() {
    if (withheld.isPresent()) {
      return "withheld";
    }
    if (failure.isPresent()) {
      return failure.get().errorClass().status();
    }
    return whole && ready.isEmpty() ? "success" : "cancelled";
  }
}
