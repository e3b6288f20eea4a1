package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whose policies a command shows: those of a server, or of a store that is read without one.
final class PastPoliciesOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "In place of a server, a data directory, or a copy of one; a server may be using it.")
  private @Nullable String data;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description =
          "Where they are when not in DIR: postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
  private @Nullable String store;

  PastPolicies open(CliContext context, Connection connection) {
    Optional<String> shared = Optional.ofNullable(store).filter(name -> !name.equals("sqlite"));
    if (data == null && shared.isEmpty()) {
      return new PastPolicies.OfServer(connection);
    }
    PolicyTexts.Source source =
        context
            .policies()
            .orElseThrow(() ->
                CliProblems.COMMAND_NOT_OFFERED
                    .because("--data: this program has no stores inside")
                    .toException());
    Path folder = LocalFiles.path(data == null ? "." : data);
    return new PastPolicies.OfStore(source.open(folder, shared));
  }
}
