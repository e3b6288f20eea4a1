package dev.reeve.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What a program that embeds the command line brings along.
///
/// A command of its own may throw [dev.reeve.base.ProblemException]: it is printed like any other
/// failure, and its kind decides the exit code.
///
/// @param commands further commands; those of their own come after ours in help
/// @param defaultConfiguration makes the text of `config print --defaults`
/// @param audit opens stored audit logs
/// @param policies opens what a store has kept of policies
public record CliAdditions(
    List<CliAddition> commands,
    Optional<Supplier<String>> defaultConfiguration,
    Optional<AuditSource> audit,
    Optional<PolicyTexts.Source> policies) {
  public CliAdditions {
    commands = List.copyOf(commands);
  }

  /// Nothing.
  public static CliAdditions none() {
    return new CliAdditions(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
