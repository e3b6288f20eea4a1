package dev.reeve.server;

import java.util.List;

/// One key of the configuration file. The reference, the commented template and the environment
/// names all come from here.
///
/// @param name dotted snake_case name
/// @param kind how its text is read
/// @param defaultText the default as one would write it; empty for none
/// @param meaning one sentence
/// @param aliases further environment variables, from the founding documents
/// @param choices the texts that can be set, when only these can
/// @param reloadable whether a change takes effect without a restart
public record ConfigKey(
    String name,
    Kind kind,
    String defaultText,
    String meaning,
    List<String> aliases,
    List<String> choices,
    boolean reloadable) {
  /// How the text of a value is read.
  public enum Kind {
    TEXT("text"),
    LIST("words with commas between, or a list of them"),
    CHOICE("one of its choices"),
    PATH("a path"),
    PORT("a port, 0 to 65535"),
    LISTEN("HOST:PORT, or :PORT for loopback"),
    COUNT("a whole number from 1"),
    COUNT_OR_NONE("a whole number; 0 for no limit"),
    WEIGHT("a whole number, 1 to 1000"),
    RATE("a number per second such as 20 or 0.5, up to 1000000; 0 for no limit"),
    DURATION("a duration such as 30s, 5m, 24h"),
    SIZE("a size such as 64KiB, 16MiB, 2GiB");

    private final String expected;

    Kind(String expected) {
      this.expected = expected;
    }

    String expected() {
      return expected;
    }
  }

  /// The choices of what is off unless it is on.
  static final List<String> OFF_ON = List.of("off", "on");

  public ConfigKey {
    aliases = List.copyOf(aliases);
    choices = List.copyOf(choices);
  }

  /// `REEVE_A_B` for `a.b`.
  public String environmentName() {
    return "REEVE_" + name.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
  }

  static ConfigKey of(String name, Kind kind, String defaultText, String meaning) {
    return new ConfigKey(name, kind, defaultText, meaning, List.of(), List.of(), false);
  }

  ConfigKey aliased(String... environmentNames) {
    return new ConfigKey(
        name, kind, defaultText, meaning, List.of(environmentNames), choices, reloadable);
  }

  /// A key that is set to one of a few words; the first is the default.
  static ConfigKey choice(String name, String meaning, List<String> words) {
    return new ConfigKey(name, Kind.CHOICE, words.getFirst(), meaning, List.of(), words, false);
  }

  /// A key that is set to one of a few words; the first is the default.
  static ConfigKey choice(String name, String meaning, String... words) {
    return new ConfigKey(name, Kind.CHOICE, words[0], meaning, List.of(), List.of(words), false);
  }

  /// What its text must be, for messages.
  String expected() {
    return choices.isEmpty() ? kind.expected() : String.join(" or ", choices);
  }
}
