package dev.reeve.service;

/// Two reviews, one after the other.
record ReviewsInOrder(OutputReview first, OutputReview second) implements OutputReview {
  @Override
  public boolean mayBlock() {
    return first.mayBlock() || second.mayBlock();
  }

  @Override
  public Outcome review(Output output) {
    return switch (first.review(output)) {
      case Outcome.Quarantine held -> held;
      case Outcome.Release released ->
          released.ruling().ruleId().isEmpty()
              ? second.review(output)
              : ruledBy(released.ruling(), second.review(output));
      case Outcome.Redact redacted ->
          switch (second.review(output.with(redacted.bytes()))) {
            case Outcome.Release _ -> redacted;
            case Outcome.Redact again -> again;
            case Outcome.Quarantine held -> held;
          };
    };
  }

  /// A rule that let it go is named unless a later one did more.
  private static Outcome ruledBy(Ruling ruling, Outcome outcome) {
    return outcome instanceof Outcome.Release ? new Outcome.Release(ruling) : outcome;
  }
}
