package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.service.Caller;
import dev.reeve.service.Futures;
import dev.reeve.service.provider.ModelScreen.Screened;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Calls a model for somebody: policy, routing with retries and failover, the call, what may be
/// read of its answer, receipts. Safe on any thread.
///
/// Nothing of an answer is handed out before it was looked at and before the receipt of the
/// decision is written. After the first piece of a stream was handed out, no other provider is
/// asked.
public final class CallModel {
  /// What policy sees as the capability of every call.
  public static final String CAPABILITY = "model.call";

  /// Larger answers are looked at on a thread of their own.
  private static final int INLINE_BYTES_MAX = 64 * 1024;

  private final ModelGate gate;
  private final ProviderRound round;
  private final ModelScreen screen;
  private final ModelCache cache;
  private final MonotonicClock clock;
  private final boolean streamsWhole;
  private final Executor blocking;

  /// @param streamsWhole whether also the answers that stream leave only as a whole
  /// @param blocking for what waits or takes long
  public CallModel(
      ModelGate gate,
      ProviderRound round,
      ModelScreen screen,
      ModelCache cache,
      MonotonicClock clock,
      boolean streamsWhole,
      Executor blocking) {
    this.gate = gate;
    this.round = round;
    this.screen = screen;
    this.cache = cache;
    this.clock = clock;
    this.streamsWhole = streamsWhole;
    this.blocking = blocking;
  }

  /// A call, as it came.
  ///
  /// @param caller who calls
  /// @param action id of the registered action, for receipts
  /// @param requestId names the call
  /// @param body in the JSON of the OpenAI API
  /// @param provider who must answer, nobody else; empty: whom routing chooses
  /// @param session of the caller's user, for sticky routing; may be empty
  /// @param labels for policy
  /// @param riskTags for policy
  public record Call(
      Caller caller,
      String action,
      String requestId,
      ModelOperation operation,
      Bytes body,
      String provider,
      String session,
      Map<String, String> labels,
      List<String> riskTags) {
    public Call {
      Objects.requireNonNull(provider, "provider");
      Objects.requireNonNull(session, "session");
      labels = Map.copyOf(labels);
      riskTags = List.copyOf(riskTags);
    }
  }

  /// Who answered, and why they were asked.
  ///
  /// @param provider id
  /// @param model name of the model there
  /// @param reason of the routing decision; `order` without a policy, `cache` when nobody was asked
  /// @param policyId routing policy; empty without one
  /// @param policyVersion its version; empty without one
  /// @param attempts calls of providers that it took
  /// @param metadata further facts from routing
  public record Head(
      String requestId,
      String provider,
      String model,
      String reason,
      String policyId,
      String policyVersion,
      int attempts,
      Map<String, String> metadata) {}

  /// What a caller gets.
  public sealed interface Reply {
    /// What is known before the answer is.
    Head head();

    /// All at once.
    ///
    /// @param cost in USD, as text
    record Whole(Head head, Bytes body, Usage usage, String cost) implements Reply {}

    /// In pieces; must be closed.
    ///
    /// @param spent what it took, once the reading gave its end; [Spent#NOTHING] before
    record Streaming(Head head, ModelReading reading, Supplier<Spent> spent) implements Reply {}
  }

  /// What an answer took.
  ///
  /// @param cost in USD, as text; empty when nobody said
  public record Spent(Usage usage, String cost) {
    static final Spent NOTHING = new Spent(Usage.UNKNOWN, "");
  }

  /// Calls, and blocks until there is an answer or a stream begins.
  ///
  /// @throws dev.reeve.base.ProblemException for every refusal and every failure
  public Reply call(Call call, CancelSignal cancel) {
    try {
      return start(call, cancel).join();
    } catch (CompletionException e) {
      throw Futures.problem(e).toException();
    }
  }

  /// Calls. Does not block, so that a thread of connections carries a small call through by itself.
  ///
  /// @return completes on any thread, fails with a [ProblemException] for every refusal and every
  ///   failure; a stream is to be read on a thread that may wait
  public CompletableFuture<Reply> start(Call call, CancelSignal cancel) {
    try {
      ModelBody body = ModelBody.read(call.operation(), call.body());
      return gate.mayBlock()
          ? CompletableFuture.supplyAsync(() -> gate.admit(call, body), blocking)
              .thenCompose(admitted -> admitted(call, body, admitted, cancel))
          : admitted(call, body, gate.admit(call, body), cancel);
    } catch (ProblemException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Reply> admitted(
      Call call, ModelBody body, ModelGate.Admitted admitted, CancelSignal cancel) {
    Optional<Problem> refusal = admitted.refusal();
    if (refusal.isPresent()) {
      return after(admitted.written(), refusal.get());
    }
    return body.streams()
        ? stream(call, body, admitted, cancel)
        : whole(call, body, admitted, cancel);
  }

  /// A refusal that nobody is told before it is written down.
  private static CompletableFuture<Reply> after(
      CompletableFuture<Boolean> written, Problem refusal) {
    return written.thenCompose(_ -> CompletableFuture.failedFuture(refusal.toException()));
  }

  private CompletableFuture<Reply> whole(
      Call call, ModelBody body, ModelGate.Admitted admitted, CancelSignal cancel) {
    return cache
        .answer(
            call.caller().tenant(),
            call.provider(),
            body,
            () -> round.invoke(call, body, admitted, cancel))
        .thenCompose(served ->
            screen.mayBlock() || served.value().body().size() > INLINE_BYTES_MAX
                ? CompletableFuture.completedFuture(served)
                    .thenComposeAsync(one -> released(call, admitted, one), blocking)
                : released(call, admitted, served));
  }

  private CompletableFuture<Reply> released(
      Call call, ModelGate.Admitted admitted, ServedCall<ModelOutcome.Answered> served) {
    ModelOutcome.Answered answered = served.value();
    Screened screened = look(call, answered.body());
    Head head = served.head(call.requestId());
    String cost = served.cost(answered.usage());
    return switch (screened) {
      case Screened.Withheld withheld ->
          after(
              gate.withheld(call, admitted, head, withheld, answered.usage(), cost),
              refusal(withheld));
      case Screened.Released released -> {
        Bytes leaves = AnswerForms.written(answered.body(), released);
        yield admitted
            .written()
            .thenApply(_ -> {
              gate.answered(
                  call, admitted, head, released.rule(), answered.usage(), cost, Sha256.of(leaves));
              return new Reply.Whole(head, leaves, answered.usage(), cost);
            });
      }
    };
  }

  private Screened look(Call call, Bytes body) {
    List<String> texts = AnswerForms.texts(body);
    return screen.look(question(call), texts, body.size());
  }

  private CompletableFuture<Reply> stream(
      Call call, ModelBody body, ModelGate.Admitted admitted, CancelSignal cancel) {
    ModelScreen.Call question = question(call);
    int holdBack = streamsWhole ? HoldBack.WHOLE : screen.holdBack(question);
    return round
        .open(
            call,
            body,
            admitted,
            cancel,
            stream -> new ModelReading(stream, new StreamScreen(screen, question, holdBack, body)))
        .thenCompose(served -> begun(call, admitted, served));
  }

  private CompletableFuture<Reply> begun(
      Call call, ModelGate.Admitted admitted, ServedCall<ModelReading> served) {
    ModelReading reading = served.value();
    Head head = served.head(call.requestId());
    long start = clock.nanos();
    AtomicReference<Spent> spent = new AtomicReference<>(Spent.NOTHING);
    reading.whenOver(end -> {
      String cost = served.cost(end.usage());
      spent.set(new Spent(end.usage(), cost));
      served.ended(end, clock.nanos() - start, cost);
      gate.streamed(call, admitted, head, end, cost);
    });
    Optional<Screened.Withheld> withheld = reading.withheld();
    if (withheld.isPresent()) {
      reading.close();
      return CompletableFuture.failedFuture(refusal(withheld.get()).toException());
    }
    return admitted
        .written()
        .handle((_, failure) -> {
          if (failure != null) {
            reading.close();
            throw Futures.problem(failure).toException();
          }
          return new Reply.Streaming(head, reading, spent::get);
        });
  }

  private static ModelScreen.Call question(Call call) {
    return new ModelScreen.Call(
        call.requestId(),
        call.caller().tenant(),
        call.operation().topic(),
        call.riskTags(),
        call.caller().principal());
  }

  /// What a caller is told of an answer that may not be read.
  static Problem refusal(Screened.Withheld withheld) {
    return ProviderProblems.MODEL_OUTPUT_WITHHELD
        .because(
            withheld.reason().isEmpty() ? "the output policy holds it back" : withheld.reason())
        .with("rule_id", withheld.rule())
        .with("policy_snapshot", withheld.snapshot());
  }
}
