package dev.reeve.cli;

import dev.reeve.base.Problem;
import dev.reeve.base.Problem.FieldViolation;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// One mapping of a YAML 1.2 (or JSON) file, read member by member. What is wrong is collected, so
/// that a caller learns of all of it at once from [#throwProblems].
final class YamlMap {
  private static final int CHARACTERS_MAX = 2 * 1024 * 1024;
  private static final int ALIASES_MAX = 50;

  private final String path;
  private final Map<String, @Nullable Object> members;
  private final List<FieldViolation> problems;

  private YamlMap(
      String path, Map<String, @Nullable Object> members, List<FieldViolation> problems) {
    this.path = path;
    this.members = members;
    this.problems = problems;
  }

  /// The file's one document, which must be a mapping.
  static YamlMap parse(String fileName, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(fileName)
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(ALIASES_MAX)
            .setCodePointLimit(CHARACTERS_MAX)
            .build();
    try {
      @Nullable Object document = new Load(settings).loadFromString(text);
      List<FieldViolation> problems = new ArrayList<>();
      if (document instanceof Map<?, ?> map) {
        return new YamlMap("", textKeys("", map, problems), problems);
      }
    } catch (MarkedYamlEngineException e) {
      String line =
          e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      throw bad(fileName + ": not valid YAML: " + line + e.getProblem());
    } catch (YamlEngineException e) {
      throw bad(fileName + ": not valid YAML: " + e.getMessage());
    }
    throw bad(fileName + ": no mapping (expected: `key: value` lines)");
  }

  boolean has(String key) {
    return members.get(key) != null;
  }

  /// A text; numbers and truth values count as what they look like.
  Optional<String> text(String key) {
    @Nullable Object value = members.get(key);
    if (value == null) {
      return Optional.empty();
    }
    Optional<String> text = scalar(value);
    if (text.isEmpty()) {
      refuse(key, "a text");
    }
    return text;
  }

  /// The value as it stands in the file: text, number, truth value, list or map.
  @Nullable Object raw(String key) {
    return members.get(key);
  }

  Optional<Integer> integer(String key, int least, int most) {
    @Nullable Object value = members.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Integer number && number >= least && number <= most) {
      return Optional.of(number);
    }
    refuse(key, least + " to " + most);
    return Optional.empty();
  }

  boolean flag(String key) {
    @Nullable Object value = members.get(key);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    refuse(key, "true or false");
    return false;
  }

  Optional<Duration> duration(String key) {
    @Nullable Object value = members.get(key);
    if (value == null) {
      return Optional.empty();
    }
    Optional<Duration> duration =
        value instanceof String text ? Durations.parse(text) : Optional.empty();
    if (duration.isEmpty()) {
      refuse(key, Durations.SHAPE);
    }
    return duration;
  }

  List<String> texts(String key) {
    @Nullable Object value = members.get(key);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> elements) {
      for (Object element : elements) {
        Optional.<Object>ofNullable(element).flatMap(YamlMap::scalar).ifPresent(texts::add);
      }
      if (texts.size() == elements.size()) {
        return texts;
      }
    }
    refuse(key, "a list of texts");
    return List.of();
  }

  Map<String, String> textMap(String key) {
    @Nullable Object value = members.get(key);
    if (value == null) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, entry) ->
          Optional.<Object>ofNullable(entry)
              .flatMap(YamlMap::scalar)
              .ifPresent(text -> texts.put(String.valueOf(name), text)));
      if (texts.size() == map.size()) {
        return texts;
      }
    }
    refuse(key, "a mapping of texts");
    return Map.of();
  }

  /// A mapping inside this one; an empty one when it is absent or no mapping.
  YamlMap map(String key) {
    @Nullable Object value = members.get(key);
    if (value instanceof Map<?, ?> map) {
      return new YamlMap(path(key), textKeys(path(key), map, problems), problems);
    }
    if (value != null) {
      refuse(key, "a mapping");
    }
    return new YamlMap(path(key), Map.of(), problems);
  }

  void require(String key, String expected) {
    if (!has(key)) {
      complain(key, "missing (expected: " + expected + ")");
    }
  }

  /// Complains of every member that is not one of these, with the nearest name.
  void refuseOthers(Set<String> known) {
    for (String key : members.keySet()) {
      if (!known.contains(key)) {
        String nearest = Text.nearest(key, known);
        complain(
            key, "no such key" + (nearest.isEmpty() ? "" : " (did you mean " + nearest + "?)"));
      }
    }
  }

  /// Complains of the value of a member.
  void refuse(String key, String expected) {
    @Nullable Object value = members.get(key);
    String shown =
        value == null
            ? "nothing"
            : scalar(value)
                .map(Text::quoteForMessage)
                .orElse(value instanceof List<?> ? "a list" : "a mapping");
    complain(key, shown + " (expected: " + expected + ")");
  }

  void complain(String key, String what) {
    problems.add(new FieldViolation(path(key), what));
  }

  /// Throws when anything was complained of, here or in a mapping inside.
  void throwProblems(String fileName) {
    if (problems.isEmpty()) {
      return;
    }
    FieldViolation first = problems.getFirst();
    Problem problem =
        CliProblems.ARGUMENT_INVALID.because(
            problems.size() == 1
                ? fileName + ": " + first.field() + ": " + first.description()
                : fileName + ": " + problems.size() + " problems");
    for (FieldViolation violation : problems) {
      problem = problem.withField(violation.field(), violation.description());
    }
    throw problem.toException();
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static Map<String, @Nullable Object> textKeys(
      String path, Map<?, ?> map, List<FieldViolation> problems) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (key instanceof String name) {
        members.put(name, value);
      } else {
        problems.add(
            new FieldViolation(
                path, "key " + Text.quoteForMessage(String.valueOf(key)) + " (expected: a text)"));
      }
    });
    return members;
  }

  private static Optional<String> scalar(Object value) {
    boolean isScalar =
        value instanceof String || value instanceof Number || value instanceof Boolean;
    return isScalar ? Optional.of(value.toString()) : Optional.empty();
  }

  private static RuntimeException bad(String message) {
    return CliProblems.ARGUMENT_INVALID.because(message).toException();
  }
}
