package dev.reeve.gateway.beamline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
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
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decisions of requests with an idempotency key: who asks the same again under the same key within
/// an hour (section 2.2 of the BeamLine contract) gets the same decision, and its work is given
/// away once. Decisions whose work is given away are written down before anybody hears of them, and
/// known after a restart; the others are in memory alone. When that is full the oldest is
/// forgotten, and would be decided anew. Safe on any thread.
final class KeyedDecisions {
  private static final Logger log = LoggerFactory.getLogger(KeyedDecisions.class);
  private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();
  private static final int KEYS_MAX = 200_000;
  private static final long BYTES_MAX = 64L << 20;

  /// Beside the decision itself, roughly.
  private static final int ENTRY_BYTES = 256;

  private final LongSupplier nanos;
  private final InstantSource clock;
  private final KeptDecisions book;

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

    /// Nothing is given away any more: that was done before a restart.
    private void pushedBefore(String assignmentId) {
      pushed.set(CompletableFuture.completedFuture(assignmentId));
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

  /// A request under a key.
  ///
  /// @param name what it asks, whatever ids it and its message have; the same on every server
  /// @param key stands for the tenant and the key
  /// @param task stands for the task
  /// @param hasWork whether work follows the decision
  record Question(String name, Bytes key, Bytes task, boolean hasWork) {}

  /// @param nanos a clock that only goes on
  /// @param clock the time of day, for what outlives this process
  KeyedDecisions(LongSupplier nanos, InstantSource clock, KeptDecisions book) {
    this.nanos = nanos;
    this.clock = clock;
    this.book = book;
  }

  /// Takes in what was decided before a restart. To be called once, before the first request;
  /// blocks.
  ///
  /// @param each told of every one of them, with its age in nanoseconds
  void restore(BiConsumer<KeptDecisions.Kept, Long> each) {
    for (KeptDecisions.Kept kept : book.read()) {
      long ageNanos = Math.max(0, clock.millis() - kept.atMs()) * 1_000_000;
      if (ageNanos < KEPT_NANOS) {
        Optional<RouteDecision> decision = decision(kept);
        if (decision.isEmpty()) {
          continue;
        }
        Entry entry = new Entry(nanos.getAsLong() - ageNanos);
        if (!kept.assignmentId().isEmpty()) {
          entry.pushedBefore(kept.assignmentId());
        }
        entry.outcome.complete(new Outcome.Good(entry, decision.get()));
        Entry _ = keep(kept.name(), entry);
        weigh(kept.name(), entry, kept.decision().size());
        each.accept(kept, ageNanos);
      }
    }
  }

  private static Optional<RouteDecision> decision(KeptDecisions.Kept kept) {
    try {
      return Optional.of(RouteDecision.parseFrom(kept.decision().unsafeArray()));
    } catch (InvalidProtocolBufferException e) {
      log.warn("a decision of before cannot be read name={}", kept.name());
      return Optional.empty();
    }
  }

  /// What a request asks; empty for one that is asked anew each time: without a key, or a dry run.
  static Optional<Question> of(RouteCall.Accepted accepted) {
    RouteRequest request = accepted.request();
    boolean keyed = accepted.address().form() == RouteForm.ROUTER;
    if (!keyed || request.getIdempotencyKey().isEmpty() || request.getDryRun()) {
      return Optional.empty();
    }
    RouteRequest.Builder asked = request.toBuilder().clearRequestId();
    asked.getMessageBuilder().clearMessageId().clearTraceId().clearSpanId().clearTimestampMs();
    String work = accepted.push().map(RouteCall.Push::toString).orElse("");
    dev.reeve.wire.beamline.flow.v1.Message message = request.getMessage();
    return Optional.of(
        new Question(
            Sha256.of(sorted(asked.build(), work)).hex(),
            IdempotencyKeys.name(message.getTenantId(), request.getIdempotencyKey()),
            RouteIntake.task(message),
            accepted.push().isPresent()));
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
  /// @param question of [#of]
  /// @param decide decides, and tells whom it is given
  void ask(Question question, Told told, Consumer<Told> decide) {
    Entry made = new Entry(nanos.getAsLong());
    Entry entry = keep(question.name(), made);
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
      decide(question, made, decide);
    }
  }

  /// Notes that the work of a decision is given away.
  void given(Question question, String assignmentId) {
    if (question.hasWork()) {
      book.given(question.name(), assignmentId);
    }
  }

  private CompletableFuture<Boolean> kept(Question question, RouteDecision decision) {
    return question.hasWork()
        ? book.keep(
            new KeptDecisions.Kept(
                question.name(),
                question.key(),
                question.task(),
                Bytes.wrap(decision.toByteArray()),
                "",
                clock.millis()))
        : CompletableFuture.completedFuture(true);
  }

  private void decide(Question question, Entry entry, Consumer<Told> decide) {
    String name = question.name();
    Told first =
        new Told() {
          @Override
          public void decided(Decided decided) {
            RouteDecision decision = decided.decision();
            Futures.then(
                kept(question, decision),
                _ -> {
                  weigh(name, entry, decision.getSerializedSize());
                  entry.outcome.complete(new Outcome.Good(entry, decision));
                },
                problem -> failed(RouteFailures.of(problem)));
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
