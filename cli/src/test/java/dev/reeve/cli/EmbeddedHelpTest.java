package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Commands of the embedding program are helped like ours.
class EmbeddedHelpTest {
  @Test
  void a_command_that_was_brought_along_has_help() {
    CliRun.Result result =
        new CliRun()
            .embedding(new CommandLine(new Serve()), Optional.empty())
            .run("serve", "--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("Usage: reeve serve", "Serve for ever.", "-h, --help");
    assertThat(result.err()).isEmpty();
  }

  @Command(name = "serve", description = "Serve for ever.")
  private static final class Serve implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new AssertionError("only help was asked for");
    }
  }
}
