package dev.reeve.server.offline;

import dev.reeve.cli.BatchLines;
import dev.reeve.cli.ClientOptions;
import dev.reeve.cli.Console;
import dev.reeve.cli.PolicyOptions;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.gateway.cordum.OutputCheckLines;
import dev.reeve.policy.PolicyFault;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.service.CheckOutput;
import dev.reeve.service.OutputGuard;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.UnknownScanners;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve output check`: what the output rules of a policy say of outputs.
@Command(
    name = "check",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Check outputs by a policy, or by that of a server.",
    footer = {
      "Reads JSON Lines, a cordum.v1.OutputCheckRequest each (output_text may stand for",
      "output_content), and prints an OutputCheckResponse for each. Exit code 0 whatever is",
      "decided, 2 when a file is no policy."
    })
final class OutputCheckCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;

  @Mixin private final PolicyOptions policy = new PolicyOptions();

  @Mixin private final ScannerOptions scanners = new ScannerOptions();

  @Mixin private final ClientOptions client = new ClientOptions();

  @Option(
      order = 4,
      names = "--in",
      paramLabel = "FILE",
      description = "Where the outputs are; - for standard input (default: -).")
  private String in = "-";

  OutputCheckCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (policy.isGiven() == client.isGiven()) {
      throw CliProblems.ARGUMENT_INVALID
          .because(
              policy.isGiven()
                  ? "--policy: given beside --server (expected: one of both)"
                  : "--policy: missing (expected: a policy, or --server)")
          .toException();
    }
    if (policy.isGiven()) {
      checkOffline();
    } else {
      try (Connection server = client.connect(environment)) {
        answer(line ->
            server.call(() -> OutputCheckLines.ask(server.channel(), server.callTimeout(), line)));
      }
    }
    return ExitCodes.OK;
  }

  private void checkOffline() {
    PolicyLoad.Loaded loaded = policy.load();
    for (PolicyFault warning : loaded.warnings()) {
      console.err().println("reeve: warning: " + warning);
    }
    SharedScanner scanner = scanners.load();
    UnknownScanners.refuse("--policy", loaded.snapshot().document(), scanner);
    OutputGuard guard = new OutputGuard(loaded.snapshot().outputRules(), scanner, System::nanoTime);
    CheckOutput check = CheckOutput.offline(guard);
    answer(line -> OutputCheckLines.answer(check, line));
  }

  private void answer(UnaryOperator<String> check) {
    BatchLines.answer(console, in, check);
  }
}
