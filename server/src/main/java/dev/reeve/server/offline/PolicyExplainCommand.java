package dev.reeve.server.offline;

import dev.reeve.cli.Console;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.gateway.PolicyLines;
import dev.reeve.policy.PolicyContext;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.VelocityCounter;
import dev.reeve.service.SharedScanner;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `reeve policy explain`: what a policy says of requests, rule by rule.
@Command(
    name = "explain",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Decide requests and say what each rule said.",
    footer = {
      "As `check`, with a member `trace`: each rule that was asked, in order, and what came of it.",
      "Nothing is counted."
    })
final class PolicyExplainCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;

  @Mixin private final PolicyBatchOptions options = new PolicyBatchOptions();

  PolicyExplainCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (options.asksServer()) {
      options.ask(console, environment, PolicyLines.OfServer::explain);
    } else {
      PolicySnapshot policy = options.load(console);
      SharedScanner scanner = options.scanner();
      VelocityCounter counts = OfflineCounts.of(InstantSource.system()).peeking();
      options.answer(
          console,
          question ->
              PolicyLines.answer(
                  policy.explain(question.input(), new PolicyContext(counts, scanner.forRequest())),
                  question.jobId()));
    }
    return ExitCodes.OK;
  }
}
