package dev.reeve.service.provider;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.service.Caller;
import dev.reeve.service.provider.ModelScreen.Screened;
import dev.reeve.service.provider.ProviderRound.Served;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Calls a model for somebody: policy, routing with retries and failover, the call, what may be
/// read of its answer, receipts. Blocks; belongs on a virtual thread.
///
/// Nothing of an answer is handed out before it was looked at and before the receipt of the
/// decision is written. After the first piece of a stream was handed out, no other provider is
/// asked.
public final class CallModel {
  /// What policy sees as the capability of every call.
  public static final String CAPABILITY = "model.call";

  private final ModelGate gate;
  private final ProviderRound round;
  private final ModelScreen screen;
  private final ModelCache cache;
  private final MonotonicClock clock;
  private final boolean streamsWhole;

  /// @param streamsWhole whether also the answers that stream leave only as a whole
  public CallModel(
      ModelGate gate,
      ProviderRound round,
      ModelScreen screen,
      ModelCache cache,
      MonotonicClock clock,
      boolean streamsWhole) {
    this.gate = gate;
    this.round = round;
    this.screen = screen;
    this.cache = cache;
    this.clock = clock;
    this.streamsWhole = streamsWhole;
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
    record Streaming(Head head, ModelReading reading) implements Reply {}
  }

  /// Calls.
  ///
  /// @throws dev.reeve.base.ProblemException for every refusal and every failure
  public Reply call(Call call, CancelSignal cancel) {
    ModelBody body = ModelBody.read(call.operation(), call.body());
    ModelGate.Admitted admitted = gate.admit(call, body);
    return body.streams()
        ? stream(call, body, admitted, cancel)
        : whole(call, body, admitted, cancel);
  }

  private Reply whole(Call call, ModelBody body, ModelGate.Admitted admitted, CancelSignal cancel) {
    Served<ModelOutcome.Answered> served =
        cache.answer(
            call.caller().tenant(),
            call.provider(),
            body,
            () -> round.invoke(call, body, admitted, cancel));
    ModelOutcome.Answered answered = served.value();
    Screened screened = look(call, answered.body());
    Head head = served.head(call.requestId());
    String cost = served.cost(answered.usage());
    return switch (screened) {
      case Screened.Withheld withheld -> {
        gate.withheld(call, admitted, head, withheld, answered.usage(), cost);
        throw refusal(withheld).toException();
      }
      case Screened.Released released -> {
        Bytes leaves = AnswerForms.written(answered.body(), released);
        gate.awaitWritten(admitted);
        gate.answered(
            call, admitted, head, released.rule(), answered.usage(), cost, Sha256.of(leaves));
        yield new Reply.Whole(head, leaves, answered.usage(), cost);
      }
    };
  }

  private Screened look(Call call, Bytes body) {
    List<String> texts = AnswerForms.texts(body);
    return screen.look(question(call), texts, body.size());
  }

  private Reply stream(
      Call call, ModelBody body, ModelGate.Admitted admitted, CancelSignal cancel) {
    ModelScreen.Call question = question(call);
    int holdBack = streamsWhole ? HoldBack.WHOLE : screen.holdBack(question);
    Served<ModelReading> served =
        round.open(
            call,
            body,
            admitted,
            cancel,
            stream -> new ModelReading(stream, new StreamScreen(screen, question, holdBack, body)));
    ModelReading reading = served.value();
    Head head = served.head(call.requestId());
    long start = clock.nanos();
    reading.whenOver(end -> {
      String cost = served.cost(end.usage());
      served.ended(end, clock.nanos() - start, cost);
      gate.streamed(call, admitted, head, end, cost);
    });
    Optional<Screened.Withheld> withheld = reading.withheld();
    if (withheld.isPresent()) {
      reading.close();
      throw refusal(withheld.get()).toException();
    }
    gate.awaitWritten(admitted);
    return new Reply.Streaming(head, reading);
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
