package dev.reeve.service.provider;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A member of a request of the OpenAI API on its way through the checks. One that is `null` counts
/// as one that is not there, as that API has it.
///
/// @param path as its errors name it, such as `messages[1].role`
/// @param value what is there
public record RequestMember(String path, @Nullable JsonValue value) {
  private static final int SHOWN_LENGTH_MAX = 64;
  private static final int NUMERAL_LENGTH_MAX = 64;

  /// A member of the request itself.
  public static RequestMember of(JsonValue.Members request, String name) {
    return new RequestMember(name, request.values().get(name));
  }

  /// Whether there is nothing, or `null`.
  public boolean isAbsent() {
    return value == null || value instanceof JsonValue.Absent;
  }

  /// Whether it is a text.
  public boolean isText() {
    return value instanceof JsonValue.Text;
  }

  /// A member of this object; absent where this is none.
  public RequestMember member(String name) {
    JsonValue inner = value instanceof JsonValue.Members object ? object.values().get(name) : null;
    return new RequestMember(path + "." + name, inner);
  }

  /// The entries of this list; empty where it is absent.
  ///
  /// @throws dev.reeve.base.ProblemException where it is no list, or longer
  public List<RequestMember> items(int most) {
    if (isAbsent()) {
      return List.of();
    }
    if (!(value instanceof JsonValue.Items list)) {
      throw refused("a list");
    }
    if (list.values().size() > most) {
      throw refused(list.values().size() + " entries", "at most " + most);
    }
    List<RequestMember> items = new ArrayList<>(list.values().size());
    for (JsonValue item : list.values()) {
      items.add(new RequestMember(path + "[" + items.size() + "]", item));
    }
    return items;
  }

  /// The text that has to be here.
  public String text(String expected) {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    throw refused(expected);
  }

  /// A text that has to be here and may not be empty.
  public String name(String expected) {
    String text = text(expected);
    if (text.isBlank()) {
      throw refused(expected);
    }
    return text;
  }

  /// Refuses what is there and is no text.
  public void checkTextOrAbsent() {
    if (!isAbsent() && !isText()) {
      throw refused("a text");
    }
  }

  /// Refuses what is no object.
  public void checkObject(String expected) {
    if (!(value instanceof JsonValue.Members)) {
      throw refused(expected);
    }
  }

  /// Refuses what is there and is neither true nor false.
  public void checkTruthOrAbsent() {
    if (!isAbsent() && !(value instanceof JsonValue.Truth)) {
      throw refused("true or false");
    }
  }

  /// A number between two others, if there is one.
  public void checkNumber(double least, double most, String expected) {
    if (!isAbsent() && number(_ -> true).filter(at -> at >= least && at <= most).isEmpty()) {
      throw refused(expected);
    }
  }

  /// A whole number between two others, if there is one.
  public void checkWhole(long least, long most, String expected) {
    boolean fits =
        isAbsent()
            || number(RequestMember::isWhole).filter(at -> at >= least && at <= most).isPresent();
    if (!fits) {
      throw refused(expected);
    }
  }

  private Optional<Double> number(Predicate<String> form) {
    return value instanceof JsonValue.Numeral numeral
            && numeral.literal().length() <= NUMERAL_LENGTH_MAX
            && form.test(numeral.literal())
        ? Optional.of(Double.parseDouble(numeral.literal()))
        : Optional.empty();
  }

  private static boolean isWhole(String literal) {
    return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
  }

  /// The refusal of what is here.
  public RuntimeException refused(String expected) {
    return refused(shown(), expected);
  }

  private RuntimeException refused(String found, String expected) {
    return ProviderProblems.MODEL_REQUEST_INVALID.field(path, found, expected).toException();
  }

  /// Enough of it to be found again. Lists and objects may be megabytes of somebody's words.
  private String shown() {
    return switch (value) {
      case null -> "";
      case JsonValue.Items list -> list.values().isEmpty() ? "[]" : "a list";
      case JsonValue.Members _ -> "an object";
      case JsonValue.Text text when text.value().length() > SHOWN_LENGTH_MAX -> "a long text";
      case JsonValue.Text text -> text.value();
      case JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Absent _ -> JsonText.write(value);
    };
  }
}
