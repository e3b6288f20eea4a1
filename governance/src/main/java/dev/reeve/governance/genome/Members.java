package dev.reeve.governance.genome;

import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The members of one object of a genome, checked as they are asked for. What is wrong goes on one
/// list for the whole document; the value given back is then a harmless one. Not thread-safe.
final class Members {
  private final String path;
  private final Map<String, Json> members;
  private final List<String> problems;

  private Members(String path, Map<String, Json> members, List<String> problems) {
    this.path = path;
    this.members = members;
    this.problems = problems;
  }

  /// The document itself.
  static Members root(Json.JsonObject document, List<String> problems) {
    return new Members("", document.members(), problems);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  /// A text with something in it.
  String text(String name) {
    String value = anyText(name);
    if (value.isBlank() && members.get(name) instanceof Json.JsonText) {
      wrong(name, "empty", "a text with something in it");
    }
    return value;
  }

  /// A text, which may be empty.
  String anyText(String name) {
    Json value = members.get(name);
    if (value instanceof Json.JsonText text) {
      return text.value();
    }
    wrong(name, shown(value), "a text");
    return "";
  }

  String oneOf(String name, List<String> known) {
    String value = anyText(name);
    if (!known.contains(value) && members.get(name) instanceof Json.JsonText) {
      wrong(name, Text.quoteForMessage(value), String.join(", ", known));
    }
    return value;
  }

  int count(String name, int most) {
    Json value = members.get(name);
    if (value instanceof Json.JsonNumber number
        && number.value() == Math.rint(number.value())
        && number.value() >= 1
        && number.value() <= most) {
      return (int) number.value();
    }
    wrong(name, shown(value), "a whole number, 1 to " + most);
    return 1;
  }

  /// A whole number that JSON keeps exact, from 0.
  long whole(String name) {
    Json value = members.get(name);
    if (value instanceof Json.JsonNumber number
        && number.value() == Math.rint(number.value())
        && number.value() >= 0
        && number.value() < 0x1p53) {
      return (long) number.value();
    }
    wrong(name, shown(value), "a whole number from 0");
    return 0;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    int i = 0;
    for (Json element : elements(name)) {
      if (element instanceof Json.JsonText text) {
        texts.add(text.value());
      } else {
        wrong(name + "[" + i + "]", shown(element), "a text");
      }
      i++;
    }
    return texts;
  }

  <T> List<T> objects(String name, Function<Members, T> reader) {
    List<T> objects = new ArrayList<>();
    int i = 0;
    for (Json element : elements(name)) {
      String at = name + "[" + i + "]";
      if (element instanceof Json.JsonObject object) {
        objects.add(reader.apply(new Members(path + at + ".", object.members(), problems)));
      } else {
        wrong(at, shown(element), "an object");
      }
      i++;
    }
    return objects;
  }

  /// The members of an object; of an empty one, so that its members are named too, when it is not
  /// there.
  Members object(String name) {
    Json value = members.get(name);
    if (value instanceof Json.JsonObject object) {
      return new Members(path + name + ".", object.members(), problems);
    }
    wrong(name, shown(value), "an object");
    return new Members(path + name + ".", Map.of(), new ArrayList<>());
  }

  void wrong(String name, String got, String expected) {
    problems.add(path + name + ": " + got + " (expected: " + expected + ")");
  }

  private List<Json> elements(String name) {
    Json value = members.get(name);
    if (value instanceof Json.JsonArray array) {
      return array.elements();
    }
    wrong(name, shown(value), "a list");
    return List.of();
  }

  private static String shown(@Nullable Json value) {
    return switch (value) {
      case null -> "missing";
      case Json.JsonText text -> Text.quoteForMessage(text.value());
      case Json.JsonNumber number -> JsonWriter.canonical(number);
      case Json.JsonTruth truth -> String.valueOf(truth.value());
      case Json.JsonNull _ -> "null";
      case Json.JsonArray _ -> "a list";
      case Json.JsonObject _ -> "an object";
    };
  }
}
