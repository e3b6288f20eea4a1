package dev.reeve.governance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A mapping of a rule pack in YAML 1.2, read strictly: what is missing, unknown or of another kind
/// is an [IllegalArgumentException] that names it.
public final class PackFile {
  private static final int CODE_POINTS_MAX = 1024 * 1024;

  private final String path;
  private final Map<?, ?> values;

  private PackFile(String path, Map<?, ?> values) {
    this.path = path;
    this.values = values;
  }

  /// A pack that is shipped beside a class.
  public static PackFile resource(Class<?> beside, String name) {
    try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("a pack is part of its module", e);
    }
  }

  /// A pack of somebody else.
  ///
  /// @throws IllegalArgumentException when it is no YAML mapping
  public static PackFile parse(String yaml) {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setAllowDuplicateKeys(false)
              .setCodePointLimit(CODE_POINTS_MAX)
              .setMaxAliasesForCollections(0)
              .build();
      return of("", new Load(settings).loadFromString(yaml));
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("pack: no YAML (expected: one mapping)", e);
    }
  }

  private static PackFile of(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new PackFile(path, map);
    }
    throw wrong(path, value, "a mapping");
  }

  /// Refuses other keys than these.
  public PackFile allow(Set<String> keys) {
    for (Object key : values.keySet()) {
      if (!(key instanceof String name) || !keys.contains(name)) {
        throw wrong(path + key, "unknown", "one of " + new TreeSet<>(keys));
      }
    }
    return this;
  }

  /// Its keys in order.
  public List<String> keys() {
    return values.keySet().stream().map(String::valueOf).toList();
  }

  /// A text that must be there.
  public String text(String key) {
    if (values.get(key) instanceof String text) {
      return text;
    }
    throw wrong(path + key, values.get(key), "a text");
  }

  /// A text that may be missing.
  public String text(String key, String otherwise) {
    return values.containsKey(key) ? text(key) : otherwise;
  }

  /// A number that must be there.
  public Number number(String key) {
    if (values.get(key) instanceof Number number) {
      return number;
    }
    throw wrong(path + key, values.get(key), "a number");
  }

  /// A truth that may be missing.
  public boolean truth(String key, boolean otherwise) {
    if (!values.containsKey(key)) {
      return otherwise;
    }
    if (values.get(key) instanceof Boolean truth) {
      return truth;
    }
    throw wrong(path + key, values.get(key), "true or false");
  }

  /// A list of texts; none when it is missing.
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object value : list(key)) {
      if (!(value instanceof String text)) {
        throw wrong(path + key, value, "texts");
      }
      texts.add(text);
    }
    return texts;
  }

  /// A mapping; an empty one when it is missing.
  public PackFile section(String key) {
    return values.containsKey(key)
        ? of(path + key + ".", values.get(key))
        : new PackFile(path + key + ".", Map.of());
  }

  /// A list of mappings; none when it is missing.
  public List<PackFile> sections(String key) {
    List<PackFile> sections = new ArrayList<>();
    for (Object value : list(key)) {
      sections.add(of(path + key + "[" + sections.size() + "].", value));
    }
    return sections;
  }

  private List<?> list(String key) {
    if (!values.containsKey(key)) {
      return List.of();
    }
    if (values.get(key) instanceof List<?> list) {
      return list;
    }
    throw wrong(path + key, values.get(key), "a list");
  }

  private static IllegalArgumentException wrong(
      String where, @Nullable Object value, String expected) {
    return new IllegalArgumentException(
        (where.isEmpty() ? "pack" : where) + ": " + value + " (expected: " + expected + ")");
  }
}
