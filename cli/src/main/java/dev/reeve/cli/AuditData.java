package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that name a stored audit log.
final class AuditData {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A data directory, or a copy of one; a server may be using it.")
  private @Nullable String data;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description =
          "Where the log is when it is not in DIR: postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
  private @Nullable String store;

  boolean given() {
    return data != null;
  }

  AuditSource.Copy open(CliContext context) {
    String folder = data;
    if (folder == null) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--data: not given (expected: a data directory)")
          .toException();
    }
    AuditSource source =
        context
            .audit()
            .orElseThrow(() ->
                CliProblems.COMMAND_NOT_OFFERED
                    .because("--data: this program has no stores inside")
                    .toException());
    return source.open(
        LocalFiles.path(folder), Optional.ofNullable(store).filter(name -> !name.equals("sqlite")));
  }
}
