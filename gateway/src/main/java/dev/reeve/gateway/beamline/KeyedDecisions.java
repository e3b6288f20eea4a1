package dev.reeve.gateway.beamline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.service.Futures;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decisions of requests with an idempotency key: who asks the same again under the same key within
/// an hour (section 2.2 of the BeamLine contract) gets the same decision, and its work is given
/// away once. In memory alone; when that is full the oldest is forgotten, and would be decided
/// anew. Safe on any thread.
final class KeyedDecisions {
  private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();
  private static final int KEYS_MAX = 200_000;
  private static final long BYTES_MAX = 64L << 20;

  /// Beside the decision itself, roughly.
  private static final int ENTRY_BYTES = 256;

  private final LongSupplier nanos;

  /// By what was asked, the oldest first.
  @GuardedBy("this")
  private final Map<String, Entry> byName = new LinkedHashMap<>();

  @GuardedBy("this")
  private long bytes;

  /// What becomes of a request; exactly one of both, on any thread, where it must not block.
  interface Told {
    void decided(Decided decided);

    void failed(RouteFailure failure);
  }

  /// A decision, and the work that follows it.
  interface Decided {
    RouteDecision decision();

    /// Gives the work away, unless that was done for the same request before.
    ///
    /// @param give is asked once, and again after it failed
    CompletableFuture<String> push(Supplier<CompletableFuture<String>> give);
  }

  /// Of a request without a key: what comes again is another one.
  record Once(RouteDecision decision) implements Decided {
    @Override
    public CompletableFuture<String> push(Supplier<CompletableFuture<String>> give) {
      return give.get();
    }
  }

  private sealed interface Outcome {
    record Good(Entry entry, RouteDecision decision) implements Outcome, Decided {
      @Override
      public CompletableFuture<String> push(Supplier<CompletableFuture<String>> give) {
        return entry.push(give);
      }
    }

    record Bad(RouteFailure failure) implements Outcome {}
  }

  private static final class Entry {
    private final long atNanos;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final AtomicReference<@Nullable CompletableFuture<String>> pushed =
        new AtomicReference<>();

    /// Guarded by the whole.
    private long bytes = ENTRY_BYTES;

    private Entry(long atNanos) {
      this.atNanos = atNanos;
    }

    private CompletableFuture<String> push(Supplier<CompletableFuture<String>> give) {
      CompletableFuture<String> mine = new CompletableFuture<>();
      @Nullable CompletableFuture<String> known = pushed.get();
      if (known != null && !known.isCompletedExceptionally()) {
        return known;
      }
      if (!pushed.compareAndSet(known, mine)) {
        return push(give);
      }
      Futures.then(
          CompletableFuture.completedFuture(give).thenCompose(Supplier::get),
          mine::complete,
          problem -> mine.completeExceptionally(problem.toException()));
      return mine;
    }
  }

  /// @param nanos a clock that only goes on
  KeyedDecisions(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// What a request asks, whatever ids it and its message have; empty for one that is asked anew
  /// each time: without a key, or a dry run. The same on every server.
  static Optional<String> nameOf(RouteCall.Accepted accepted) {
    RouteRequest request = accepted.request();
    boolean keyed = accepted.address().form() == RouteForm.ROUTER;
    if (!keyed || request.getIdempotencyKey().isEmpty() || request.getDryRun()) {
      return Optional.empty();
    }
    RouteRequest.Builder asked = request.toBuilder().clearRequestId();
    asked.getMessageBuilder().clearMessageId().clearTraceId().clearSpanId().clearTimestampMs();
    String work = accepted.push().map(RouteCall.Push::toString).orElse("");
    return Optional.of(Sha256.of(sorted(asked.build(), work)).hex());
  }

  /// The bytes of a message, its maps in order, and of what follows it.
  private static Bytes sorted(Message message, String more) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.getSerializedSize());
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    coded.useDeterministicSerialization();
    try {
      coded.writeMessageNoTag(message);
      coded.writeStringNoTag(more);
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.wrap(out.toByteArray());
  }

  /// Tells what was decided about the same before, or is being decided now; else has it decided.
  ///
  /// @param name of [#nameOf]
  /// @param decide decides, and tells whom it is given
  void ask(String name, Told told, Consumer<Told> decide) {
    Entry made = new Entry(nanos.getAsLong());
    Entry entry = keep(name, made);
    Futures.then(
        entry.outcome,
        outcome -> {
          switch (outcome) {
            case Outcome.Good good -> told.decided(good);
            case Outcome.Bad bad -> told.failed(bad.failure());
          }
        },
        problem -> told.failed(RouteFailures.of(problem)));
    if (entry == made) {
      decide(name, made, decide);
    }
  }

  private void decide(String name, Entry entry, Consumer<Told> decide) {
    Told first =
        new Told() {
          @Override
          public void decided(Decided decided) {
            weigh(name, entry, decided.decision().getSerializedSize());
            entry.outcome.complete(new Outcome.Good(entry, decided.decision()));
          }

          @Override
          public void failed(RouteFailure failure) {
            forget(name, entry);
            entry.outcome.complete(new Outcome.Bad(failure));
          }
        };
    try {
      decide.accept(first);
    } catch (RuntimeException e) {
      Problem problem = Futures.problem(e);
      first.failed(RouteFailures.of(problem));
    }
  }

  private synchronized Entry keep(String name, Entry made) {
    Entry known = byName.putIfAbsent(name, made);
    if (known != null && made.atNanos - known.atNanos < KEPT_NANOS) {
      return known;
    }
    if (known != null) {
      bytes -= known.bytes;
      byName.remove(name);
      byName.put(name, made);
    }
    bytes += made.bytes;
    forgetOld(made);
    return made;
  }

  @GuardedBy("this")
  private void forgetOld(Entry made) {
    Iterator<Entry> oldest = byName.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      boolean full = byName.size() > KEYS_MAX || bytes > BYTES_MAX;
      boolean old = made.atNanos - entry.atNanos >= KEPT_NANOS;
      if (entry == made || (!full && !old)) {
        return;
      }
      oldest.remove();
      bytes -= entry.bytes;
    }
  }

  private synchronized void weigh(String name, Entry entry, int decisionBytes) {
    if (byName.get(name) == entry) {
      entry.bytes += decisionBytes;
      bytes += decisionBytes;
    }
  }

  private synchronized void forget(String name, Entry entry) {
    if (byName.remove(name, entry)) {
      bytes -= entry.bytes;
    }
  }
}
