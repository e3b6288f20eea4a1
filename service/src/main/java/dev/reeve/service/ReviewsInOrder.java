package dev.reeve.service;

/// Two reviews, one after the other. All who had a say are named.
record ReviewsInOrder(OutputReview first, OutputReview second) implements OutputReview {
  @Override
  public boolean mayBlock() {
    return first.mayBlock() || second.mayBlock();
  }

  @Override
  public Outcome review(Output output) {
    return switch (first.review(output)) {
      case Outcome.Quarantine held -> held;
      case Outcome.Postpone postponed -> postponed;
      case Outcome.Release(Ruling ruling) -> after(ruling, second.review(output));
      case Outcome.Redact(var bytes, Ruling ruling) ->
          switch (after(ruling, second.review(output.with(bytes)))) {
            case Outcome.Release(Ruling both) -> new Outcome.Redact(bytes, both);
            case Outcome.Redact again -> again;
            case Outcome.Quarantine held -> held;
            case Outcome.Postpone postponed -> postponed;
          };
    };
  }

  private static Outcome after(Ruling before, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Release(Ruling ruling) -> new Outcome.Release(before.and(ruling));
      case Outcome.Redact(var bytes, Ruling ruling) ->
          new Outcome.Redact(bytes, before.and(ruling));
      case Outcome.Quarantine(String code, String message, Ruling ruling) ->
          new Outcome.Quarantine(code, message, before.and(ruling));
      case Outcome.Postpone postponed -> postponed;
    };
  }
}
