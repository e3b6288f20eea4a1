package dev.reeve.quantum.jobspec;

import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML 1.2 within bounds: no member twice, few aliases, not deep, texts as names.
final class JobSpecYaml {
  private static final int CHARACTERS_MAX = 1_048_576;
  private static final int ALIASES_MAX = 20;
  private static final int DEPTH_MAX = 20;
  private static final int VALUES_MAX = 10_000;

  private int values;

  private JobSpecYaml() {}

  /// @throws ProblemException `JOBSPEC_INVALID`
  static AqoValue.Members read(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel("jobspec")
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(ALIASES_MAX)
            .setCodePointLimit(CHARACTERS_MAX)
            .build();
    @Nullable Object document;
    try {
      requireFlat(settings, yaml);
      document = new Load(settings).loadFromString(yaml);
    } catch (MarkedYamlEngineException e) {
      String line =
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      throw invalid("", "not valid YAML: " + line + e.getProblem());
    } catch (YamlEngineException e) {
      throw invalid("", "not valid YAML: " + e.getMessage());
    }
    if (document != null
        && new JobSpecYaml().value("", document, 0) instanceof AqoValue.Members members) {
      return members;
    }
    throw invalid("", "no mapping (expected: `key: value` lines)");
  }

  /// The library makes its tree by recursion, so how deep the text goes is looked at before.
  private static void requireFlat(LoadSettings settings, String yaml) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(yaml)) {
      switch (event.getEventId()) {
        case SequenceStart, MappingStart -> depth++;
        case SequenceEnd, MappingEnd -> depth--;
        default -> {}
      }
      if (depth > DEPTH_MAX) {
        String line =
            event.getStartMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
        throw invalid("", line + "too deep (expected: at most " + DEPTH_MAX + " levels)");
      }
    }
  }

  private AqoValue value(String path, @Nullable Object value, int depth) {
    values++;
    if (values > VALUES_MAX || depth > DEPTH_MAX) {
      throw invalid(
          path, "too much (expected: " + VALUES_MAX + " values, " + DEPTH_MAX + " levels)");
    }
    return switch (value) {
      case null -> new AqoValue.Nothing();
      case String text when Text.isUnicode(text) -> new AqoValue.Words(text);
      case Boolean truth -> new AqoValue.Truth(truth);
      case Integer whole -> new AqoValue.Whole(whole);
      case Long whole -> new AqoValue.Whole(whole);
      case Double decimal when Double.isFinite(decimal) -> new AqoValue.Decimal(decimal);
      case List<?> list -> {
        List<AqoValue> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
          elements.add(value(path + "[" + i + "]", list.get(i), depth + 1));
        }
        yield new AqoValue.Elements(elements);
      }
      case Map<?, ?> map -> {
        Map<String, AqoValue> members = new HashMap<>();
        for (Map.Entry<?, ?> member : map.entrySet()) {
          if (!(member.getKey() instanceof String name) || !Text.isUnicode(name)) {
            throw invalid(path, "a key that is no text (expected: texts)");
          }
          String below = path.isEmpty() ? name : path + "." + name;
          members.put(name, value(below, member.getValue(), depth + 1));
        }
        yield AqoValue.Members.of(members);
      }
      default ->
          throw invalid(
              path,
              Text.quoteForMessage(String.valueOf(value))
                  + " (expected: a text, a truth value, a finite number of 64 bits)");
    };
  }

  private static ProblemException invalid(String path, String what) {
    return QuantumProblems.JOBSPEC_INVALID
        .because(path.isEmpty() ? what : path + ": " + what)
        .withField(path.isEmpty() ? "jobspec" : path, what)
        .toException();
  }
}
