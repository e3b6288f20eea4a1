package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `reeve completion`: a script that teaches a shell the commands and options.
@Command(
    name = "completion",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Print a completion script for a shell.",
    footer = "In ~/.bashrc or ~/.zshrc: source <(reeve completion bash)")
final class CompletionCommand implements Callable<Integer> {
  private final CliContext context;
  private final Supplier<CommandLine> everything;

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  CompletionCommand(CliContext context, Supplier<CommandLine> everything) {
    this.context = context;
    this.everything = everything;
  }

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw CliProblems.ARGUMENT_INVALID.field("SHELL", shell, "bash or zsh").toException();
    }
    // One script serves both: under zsh it loads bash's completion system first.
    context.console().out().print(AutoComplete.bash("reeve", everything.get()));
    return ExitCodes.OK;
  }
}
