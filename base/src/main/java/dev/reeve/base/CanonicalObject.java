package dev.reeve.base;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One parsed canonical object. A missing or wrongly typed member throws [CanonicalFormatException]
/// that names it. Values are `String`, `Long`, `Boolean`, `List` or [CanonicalObject]. Immutable
/// once read.
public final class CanonicalObject {
  private final Map<String, Object> members = new LinkedHashMap<>();

  CanonicalObject() {}

  void put(String key, Object value) {
    members.put(key, value);
  }

  /// Whether the member is there.
  public boolean has(String key) {
    return members.containsKey(key);
  }

  /// Names of the members in ascending order.
  public Iterable<String> keys() {
    return members.keySet();
  }

  /// The text of a member that must be there.
  public String text(String key) {
    return require(key, String.class);
  }

  /// The text of a member, or `absent` when it is not there.
  public String textOr(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /// The text of a member that may be absent.
  public Optional<String> optionalText(String key) {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  /// The integer of a member that must be there.
  public long number(String key) {
    return require(key, Long.class);
  }

  /// The integer of a member, or `absent` when it is not there.
  public long numberOr(String key, long absent) {
    return has(key) ? number(key) : absent;
  }

  /// A number that fits an `int`; any other is refused rather than cut.
  public int integer(String key) {
    long value = number(key);
    if (value != (int) value) {
      throw new CanonicalFormatException(key + ": " + value + " (expected: 32 bits)");
    }
    return (int) value;
  }

  /// Like [#integer], or `absent` when the member is not there.
  public int integerOr(String key, int absent) {
    return has(key) ? integer(key) : absent;
  }

  /// The truth of a member that must be there.
  public boolean flag(String key) {
    return require(key, Boolean.class);
  }

  /// The truth of a member, or `absent` when it is not there.
  public boolean flagOr(String key, boolean absent) {
    return has(key) ? flag(key) : absent;
  }

  /// Lower-case hex text, as [CanonicalWriter] writes bytes.
  public Bytes bytes(String key) {
    String text = text(key);
    try {
      Bytes bytes = Bytes.hex(text);
      if (bytes.hex().equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException(key + ": not hex", e);
    }
    throw new CanonicalFormatException(key + ": upper-case hex (expected: lower case)");
  }

  /// The object that a member holds.
  public CanonicalObject object(String key) {
    return require(key, CanonicalObject.class);
  }

  /// The objects of a member that is an array of them.
  public List<CanonicalObject> objects(String key) {
    return elements(key, CanonicalObject.class);
  }

  /// The texts of a member that is an array of them.
  public List<String> texts(String key) {
    return elements(key, String.class);
  }

  /// The integers of a member that is an array of them.
  public List<Long> numbers(String key) {
    return elements(key, Long.class);
  }

  /// The texts by name of a member that is an object of texts.
  public Map<String, String> textMap(String key) {
    CanonicalObject object = object(key);
    Map<String, String> map = new LinkedHashMap<>();
    for (String name : object.keys()) {
      map.put(name, object.text(name));
    }
    return map;
  }

  private <T> List<T> elements(String key, Class<T> type) {
    List<T> typed = new ArrayList<>();
    for (Object element : require(key, List.class)) {
      if (!type.isInstance(element)) {
        throw new CanonicalFormatException(key + ": element is not " + type.getSimpleName());
      }
      typed.add(type.cast(element));
    }
    return typed;
  }

  private <T> T require(String key, Class<T> type) {
    @Nullable Object value = members.get(key);
    if (value == null) {
      throw new CanonicalFormatException(key + ": missing");
    }
    if (!type.isInstance(value)) {
      throw new CanonicalFormatException(
          key
              + ": "
              + value.getClass().getSimpleName()
              + " (expected: "
              + type.getSimpleName()
              + ")");
    }
    return type.cast(value);
  }
}
