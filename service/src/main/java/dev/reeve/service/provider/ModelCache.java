package dev.reeve.service.provider;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.MonotonicClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Whole answers of one tenant to exactly the same request, kept for a while; and one call for
/// several that ask the same at the same time. Both only where the configuration says so. What is
/// kept is what the provider answered: it is looked at anew for each caller. Safe on any thread.
public final class ModelCache {
  /// @param entriesMax answers kept; 0 keeps none
  /// @param bytesMax bytes of answers kept
  /// @param age how long one is kept
  /// @param joins whether equal calls at the same time become one
  public record Settings(int entriesMax, long bytesMax, Duration age, boolean joins) {
    /// Neither.
    public static final Settings OFF = new Settings(0, 0, Duration.ZERO, false);
  }

  private record Key(String tenant, String provider, ModelOperation operation, Bytes hash) {}

  private record Kept(ServedCall<ModelOutcome.Answered> served, long untilNanos) {
    int size() {
      return served.value().body().size();
    }
  }

  private final Settings settings;
  private final MonotonicClock clock;

  @GuardedBy("this")
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  @GuardedBy("this")
  private long bytes;

  @GuardedBy("this")
  private final Map<Key, CompletableFuture<ServedCall<ModelOutcome.Answered>>> open =
      new HashMap<>();

  public ModelCache(Settings settings, MonotonicClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// The answer from memory, or of somebody who asks right now, or of a call of one's own.
  CompletableFuture<ServedCall<ModelOutcome.Answered>> answer(
      String tenant,
      String provider,
      ModelBody body,
      Supplier<CompletableFuture<ServedCall<ModelOutcome.Answered>>> call) {
    if (settings.entriesMax() == 0 && !settings.joins()) {
      return call.get();
    }
    Key key = new Key(tenant, provider, body.operation(), Sha256.of(body.forModel(body.model())));
    Optional<ServedCall<ModelOutcome.Answered>> known = known(key);
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get().remembered());
    }
    return settings.joins() ? joined(key, call) : call.get().thenApply(served -> kept(key, served));
  }

  private CompletableFuture<ServedCall<ModelOutcome.Answered>> joined(
      Key key, Supplier<CompletableFuture<ServedCall<ModelOutcome.Answered>>> call) {
    CompletableFuture<ServedCall<ModelOutcome.Answered>> mine = new CompletableFuture<>();
    CompletableFuture<ServedCall<ModelOutcome.Answered>> first;
    synchronized (this) {
      first = open.putIfAbsent(key, mine);
    }
    if (first == null) {
      return lead(key, mine, call);
    }
    // Whoever asked first may have gone away; what went wrong for them need not for us.
    return first.thenApply(ServedCall::remembered).exceptionallyCompose(_ -> call.get());
  }

  private CompletableFuture<ServedCall<ModelOutcome.Answered>> lead(
      Key key,
      CompletableFuture<ServedCall<ModelOutcome.Answered>> mine,
      Supplier<CompletableFuture<ServedCall<ModelOutcome.Answered>>> call) {
    return CompletableFuture.completedFuture(key)
        .thenCompose(_ -> call.get())
        .thenApply(served -> kept(key, served))
        .whenComplete((served, failure) -> {
          synchronized (this) {
            open.remove(key);
          }
          boolean _ = failure == null ? mine.complete(served) : mine.completeExceptionally(failure);
        });
  }

  private synchronized Optional<ServedCall<ModelOutcome.Answered>> known(Key key) {
    Kept found = kept.get(key);
    if (found == null) {
      return Optional.empty();
    }
    if (found.untilNanos() - clock.nanos() <= 0) {
      kept.remove(key);
      bytes -= found.size();
      return Optional.empty();
    }
    return Optional.of(found.served());
  }

  private synchronized ServedCall<ModelOutcome.Answered> kept(
      Key key, ServedCall<ModelOutcome.Answered> served) {
    Kept entry = new Kept(served, clock.nanos() + settings.age().toNanos());
    if (settings.entriesMax() == 0 || entry.size() > settings.bytesMax()) {
      return served;
    }
    Kept before = kept.put(key, entry);
    bytes += entry.size() - (before == null ? 0 : before.size());
    Iterator<Kept> oldest = kept.values().iterator();
    while (kept.size() > settings.entriesMax() || bytes > settings.bytesMax()) {
      bytes -= oldest.next().size();
      oldest.remove();
    }
    return served;
  }
}
