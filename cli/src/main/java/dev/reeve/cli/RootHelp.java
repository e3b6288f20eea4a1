package dev.reeve.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;

/// The page that `reeve help` shows: every command with its first sentence.
final class RootHelp {
  private static final String HEAD =
      """
      reeve - a control plane for jobs that must be governed

      Usage: reeve COMMAND [ARGUMENTS...]
      """;

  private static final String FOOT =
      """

      `reeve COMMAND --help` shows one command. Commands that ask a server take --server HOST:PORT,
      else REEVE_SERVER, else 127.0.0.1:50051; all take --json.
      Exit codes: 0 done, 2 user error, 3 network, 4 server or job failure.\
      """;

  private RootHelp() {}

  static String text(Map<String, List<String>> groups, CommandLine everything) {
    List<String> lines = new ArrayList<>(HEAD.lines().toList());
    groups.forEach((title, names) -> {
      lines.add("");
      lines.add(title + ":");
      for (String name : names) {
        CommandLine command = Objects.requireNonNull(everything.getSubcommands().get(name));
        String[] description = command.getCommandSpec().usageMessage().description();
        lines.add("  %-11s %s".formatted(name, description.length == 0 ? "" : description[0]));
      }
    });
    lines.addAll(FOOT.lines().toList());
    return String.join("\n", lines);
  }
}
