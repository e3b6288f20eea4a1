package dev.reeve.policy;

import dev.reeve.base.Check;
import java.util.ArrayList;
import java.util.List;

/// Gives a job a risk tag that follows from the number in a label, whatever the client says.
///
/// Its tags are a ladder, from mild to severe. The tag that follows from the number takes the place
/// of those of the ladder that the client gave; a severer one of the client stays, so that nobody
/// can lower a risk and anybody can admit one.
///
/// @param id names it in explanations
/// @param topics patterns; it is for topics that fit one of them
/// @param label whose number decides
/// @param steps in ascending order
/// @param otherwise the severest tag: for a number beyond the last step, none, or no number
public record TagDeriver(
    String id, List<String> topics, String label, List<Step> steps, String otherwise) {
  /// One step of the ladder.
  ///
  /// @param below the tag is for numbers smaller than this, and not for the step before
  /// @param tag a risk tag
  public record Step(double below, String tag) {}

  public TagDeriver {
    Check.argument(!steps.isEmpty(), "steps: %s (expected: at least one)", steps.size());
    topics = List.copyOf(topics);
    steps = List.copyOf(steps);
  }

  /// The tags from mild to severe.
  public List<String> ladder() {
    List<String> ladder = new ArrayList<>(steps.stream().map(Step::tag).toList());
    ladder.add(otherwise);
    return ladder;
  }

  /// The tag for these labels and these tags of the client.
  String tagFor(PolicyInput input) {
    List<String> ladder = ladder();
    int rung = rung(input.labels().getOrDefault(label, ""));
    for (int claimed = ladder.size() - 1; claimed > rung; claimed--) {
      if (Names.isIn(ladder.get(claimed), input.riskTags())) {
        return ladder.get(claimed);
      }
    }
    return ladder.get(rung);
  }

  private int rung(String text) {
    double number = LabelNumbers.parse(text);
    int rung = 0;
    while (rung < steps.size() && !(number < steps.get(rung).below())) {
      rung++;
    }
    return rung;
  }
}
