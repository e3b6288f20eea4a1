package dev.reeve.service.decider;

import dev.reeve.service.decider.OutputAnswer.Action;
import java.util.Optional;

/// Another decider about outputs that our own output policy lets go. First it is asked without the
/// content, then with it; the stricter answer holds. Blocks; safe on any thread.
public final class OutputChain {
  /// What was heard.
  public sealed interface Heard {
    /// It has decided.
    record Decided(OutputAnswer answer) implements Heard {}

    /// It did not answer, and the output goes without it.
    record Bypassed(String reason) implements Heard {}

    /// It did not answer, and the output stays.
    record Undecided(String reason) implements Heard {}
  }

  private final DeciderLink link;
  private final OutputDecider decider;
  private final FailMode failMode;

  public OutputChain(DeciderLink link, OutputDecider decider, FailMode failMode) {
    this.link = link;
    this.decider = decider;
    this.failMode = failMode;
  }

  /// Its name in the configuration.
  public String name() {
    return link.name();
  }

  /// Asks.
  public Heard ask(OutputQuestion question) {
    Optional<OutputAnswer> first = decided(link.ask(() -> decider.checkMetadata(question)));
    if (first.isPresent() && first.get().action() == Action.QUARANTINE) {
      return new Heard.Decided(first.get());
    }
    return switch (link.ask(() -> decider.checkContent(question))) {
      case DeciderAnswer.Decided<OutputAnswer>(OutputAnswer second) ->
          new Heard.Decided(stricter(first, second));
      case DeciderAnswer.Outage<OutputAnswer>(String reason) -> unheard(first, reason);
      case DeciderAnswer.Withdrawn<OutputAnswer>(var problem) ->
          new Heard.Undecided(problem.message());
    };
  }

  /// How the other decider stands.
  public DeciderStatus status() {
    return link.status(failMode);
  }

  /// An answer without the content that asks for a cut can be followed without asking again: all of
  /// it goes.
  private Heard unheard(Optional<OutputAnswer> first, String reason) {
    if (first.isPresent() && first.get().action() == Action.REDACT) {
      return new Heard.Decided(first.get());
    }
    return switch (failMode) {
      case OPEN -> new Heard.Bypassed(reason);
      case CLOSED -> new Heard.Undecided(reason);
    };
  }

  private static OutputAnswer stricter(Optional<OutputAnswer> first, OutputAnswer second) {
    return first.filter(one -> one.action().compareTo(second.action()) > 0).orElse(second);
  }

  private static Optional<OutputAnswer> decided(DeciderAnswer<OutputAnswer> answer) {
    return answer instanceof DeciderAnswer.Decided<OutputAnswer>(OutputAnswer decided)
        ? Optional.of(decided)
        : Optional.empty();
  }
}
