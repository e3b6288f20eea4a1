package dev.reeve.policy;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the entries of `tag_derivers`. Used once, by one thread.
final class TagDeriverReader {
  private static final int STEPS_MAX = 100;
  private static final List<String> DERIVER =
      List.of("id", "topics", "label", "ladder", "otherwise");
  private static final List<String> STEP = List.of("below", "tag");
  private static final String SECRETS = "secrets";

  private final YamlValues values;
  private final MatchReader matches;
  private final Map<String, Integer> lineOfId = new HashMap<>();

  TagDeriverReader(YamlValues values, MatchReader matches) {
    this.values = values;
    this.matches = matches;
  }

  TagDeriver deriver(YamlNode node, String path) {
    Section deriver = new Section(values, node, path, DERIVER);
    for (String key : List.of("topics", "label", "ladder", "otherwise")) {
      if (!deriver.has(key)) {
        deriver.fault(key, "missing");
      }
    }
    List<TagDeriver.Step> steps = steps(deriver);
    TagDeriver read =
        new TagDeriver(
            RuleReader.ruleId(deriver, lineOfId),
            matches.topics(deriver, "topics"),
            deriver.text("label", Section.VALUE_LENGTH_MAX),
            steps.isEmpty() ? List.of(new TagDeriver.Step(0, "")) : steps,
            deriver.text("otherwise", Section.VALUE_LENGTH_MAX));
    checkTags(deriver, read);
    return read;
  }

  private List<TagDeriver.Step> steps(Section deriver) {
    List<TagDeriver.Step> steps = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    for (YamlNode element : deriver.items("ladder", STEPS_MAX)) {
      String path = deriver.at("ladder") + "[" + steps.size() + "]";
      Section step = new Section(values, element, path, STEP);
      double below = step.number("below", Double.NaN);
      if (!(below > last)) {
        step.fault("below", "missing, or not greater than before (expected: ascending numbers)");
      }
      last = below;
      steps.add(new TagDeriver.Step(below, step.text("tag", Section.VALUE_LENGTH_MAX)));
    }
    if (deriver.has("ladder") && steps.isEmpty()) {
      deriver.fault("ladder", "no step (expected: at least one)");
    }
    return steps;
  }

  /// Each tag stands for one rung; and only content says whether there are secrets.
  private static void checkTags(Section deriver, TagDeriver read) {
    Set<String> seen = new HashSet<>();
    for (String tag : read.ladder()) {
      String folded = Probe.fold(tag);
      if (!folded.isEmpty() && !seen.add(folded)) {
        deriver.fault("ladder", Text.quoteForMessage(tag) + " twice (expected: each tag once)");
      }
      if (folded.equals(SECRETS)) {
        deriver.fault("ladder", "\"secrets\" (expected: another tag; this one is never lowered)");
      }
    }
  }
}
