package dev.reeve.gateway;

import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Collects what is wrong with the fields of one request, so that a caller hears of all of it at
/// once. One instance per request; not thread-safe.
public final class FieldChecks {
  private static final int NAMED_MAX = 16;
  private static final int OWN_CODE_LENGTH_MAX = 64;

  private final ProblemCode code;
  private final List<Problem> found = new ArrayList<>();

  /// @param code the reason under which the fields are refused
  public FieldChecks(ProblemCode code) {
    this.code = code;
  }

  /// Notes the field unless the condition holds.
  ///
  /// @param value what came; shown cut and without characters that disguise
  /// @param expected what would be right
  public FieldChecks require(boolean holds, String field, Object value, String expected) {
    if (!holds) {
      found.add(code.field(field, String.valueOf(value), expected));
    }
    return this;
  }

  /// A name that a caller chose, such as a job id.
  public FieldChecks givenId(String field, String value) {
    return require(Ids.isGiven(value), field, value, Ids.GIVEN_SHAPE);
  }

  /// One line of text, perhaps empty.
  public FieldChecks line(String field, String value, int lengthMax) {
    return require(
        isLine(value, lengthMax),
        field,
        value,
        "at most " + lengthMax + " characters without control characters");
  }

  /// Text of any lines, perhaps empty.
  public FieldChecks text(String field, String value, int lengthMax) {
    return require(
        isText(value, lengthMax),
        field,
        value,
        "at most " + lengthMax + " characters of Unicode text");
  }

  /// Whether it is one line of text, perhaps empty.
  public static boolean isLine(String value, int lengthMax) {
    return value.length() <= lengthMax
        && value.chars().noneMatch(Character::isISOControl)
        && Text.isUnicode(value);
  }

  /// Whether it is text of any lines, perhaps empty.
  public static boolean isText(String value, int lengthMax) {
    return value.length() <= lengthMax && value.indexOf('\0') < 0 && Text.isUnicode(value);
  }

  /// A stable code, upper-case with underscores, perhaps empty.
  public FieldChecks upperSnake(String field, String value) {
    boolean snake =
        value.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
    return require(
        snake && value.length() <= OWN_CODE_LENGTH_MAX,
        field,
        value,
        "at most 64 of A-Z, 0-9 and _");
  }

  /// A list of short lines, none of them empty.
  public FieldChecks lines(String field, Collection<String> values, int countMax, int lengthMax) {
    require(values.size() <= countMax, field, values.size() + " values", "at most " + countMax);
    int i = 0;
    for (String value : values) {
      String path = field + "[" + i++ + "]";
      if (!value.isEmpty()) {
        line(path, value, lengthMax);
      } else {
        require(false, path, value, "not empty");
      }
      if (i >= countMax) {
        break;
      }
    }
    return this;
  }

  /// A map of short keys and texts.
  public FieldChecks map(
      String field, Map<String, String> values, int countMax, int keyMax, int valueMax) {
    require(values.size() <= countMax, field, values.size() + " entries", "at most " + countMax);
    for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
      String path = field + "[" + Text.quoteForMessage(entry.getKey()) + "]";
      require(!entry.getKey().isEmpty(), path, entry.getKey(), "a key that is not empty");
      line(path, entry.getKey(), keyMax);
      text(path, entry.getValue(), valueMax);
      if (found.size() > NAMED_MAX) {
        break;
      }
    }
    return this;
  }

  /// @throws dev.reeve.base.ProblemException that names every field found, when there is one
  public void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    List<Problem> named = found.subList(0, Math.min(found.size(), NAMED_MAX));
    Problem all = code.because(String.join("; ", named.stream().map(Problem::message).toList()));
    for (Problem one : named) {
      Problem.FieldViolation violation = one.fields().getFirst();
      all = all.withField(violation.field(), violation.description());
    }
    throw all.toException();
  }
}
