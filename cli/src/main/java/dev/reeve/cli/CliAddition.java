package dev.reeve.cli;

import dev.reeve.base.Check;
import java.util.function.Supplier;
import picocli.CommandLine;

/// A command that a program brings along when it embeds the command line.
///
/// @param name one word, or two for a command of a group of ours: `up`, `policy check`
/// @param command makes it; asked only when it is used or shown, so that a start does not pay for
///   it
public record CliAddition(String name, Supplier<CommandLine> command) {
  public CliAddition {
    Check.argument(name.matches("[a-z]+( [a-z]+)?"), "name: %s (expected: one or two words)", name);
  }

  /// A command of its own.
  boolean isTopLevel() {
    return name.indexOf(' ') < 0;
  }

  /// Whether it belongs to the group.
  boolean isIn(String group) {
    return name.startsWith(group + " ");
  }

  /// Its name within its group.
  String lastWord() {
    return name.substring(name.indexOf(' ') + 1);
  }
}
