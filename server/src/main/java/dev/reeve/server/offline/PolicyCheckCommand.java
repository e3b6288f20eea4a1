package dev.reeve.server.offline;

import dev.reeve.cli.Console;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.gateway.PolicyLines;
import dev.reeve.policy.PolicyContext;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.VelocityCounts;
import dev.reeve.service.SharedScanner;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `reeve policy check`: what a policy says of requests.
@Command(
    name = "check",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Decide requests by a policy, or by that of a server.",
    footer = {
      "Reads JSON Lines, a cordum.agent.v1.PolicyCheckRequest each, and prints a",
      "PolicyCheckResponse for each. Counts of velocity rules last for one run. Exit code 0",
      "whatever is decided, 2 when a file is no policy."
    })
final class PolicyCheckCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;

  @Mixin private final PolicyBatchOptions options = new PolicyBatchOptions();

  PolicyCheckCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (options.asksServer()) {
      options.ask(console, environment, PolicyLines.OfServer::check);
    } else {
      PolicySnapshot policy = options.load(console);
      SharedScanner scanner = options.scanner();
      VelocityCounts counts = OfflineCounts.of(InstantSource.system());
      options.answer(
          console,
          question ->
              PolicyLines.answer(
                  policy.decide(question.input(), new PolicyContext(counts, scanner.forRequest())),
                  question.jobId()));
    }
    return ExitCodes.OK;
  }
}
