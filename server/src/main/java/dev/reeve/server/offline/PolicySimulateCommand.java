package dev.reeve.server.offline;

import dev.reeve.cli.Console;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.gateway.PolicyLines;
import dev.reeve.policy.PolicyContext;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.SimulatedDecision;
import dev.reeve.policy.VelocityCounter;
import dev.reeve.service.SharedScanner;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve policy simulate`: what a policy would say, and what another one would say instead.
@Command(
    name = "simulate",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Decide requests without effect, also by a policy that is not in force.",
    footer = {
      "As `check`, and nothing is counted. With --candidate each line is",
      "{\"active\": ..., \"candidate\": ..., \"flips\": ..., \"loosens\": ...}."
    })
final class PolicySimulateCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;

  @Mixin private final PolicyBatchOptions options = new PolicyBatchOptions();

  @Option(
      order = 3,
      names = "--candidate",
      paramLabel = "FILE",
      description = "The policy that might be next; several files are merged, over the same floor.")
  private List<String> candidate = new ArrayList<>();

  PolicySimulateCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (options.asksServer()) {
      refuseCandidate();
      options.ask(console, environment, PolicyLines.OfServer::simulate);
    } else {
      answerOffline();
    }
    return ExitCodes.OK;
  }

  /// A candidate for a server goes by `PolicyService`, which takes its files.
  private void refuseCandidate() {
    if (!candidate.isEmpty()) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--candidate: given beside --server (expected: --policy)")
          .toException();
    }
  }

  private void answerOffline() {
    PolicySnapshot active = options.load(console);
    SharedScanner scanner = options.scanner();
    VelocityCounter counts = OfflineCounts.of(InstantSource.system()).peeking();
    if (candidate.isEmpty()) {
      options.answer(
          console,
          question ->
              PolicyLines.answer(
                  active.decide(question.input(), new PolicyContext(counts, scanner.forRequest())),
                  question.jobId()));
    } else {
      PolicySnapshot next = options.policy().loadInstead(candidate).snapshot();
      options.answer(
          console,
          question ->
              sideBySide(
                  SimulatedDecision.of(
                      active,
                      next,
                      question.input(),
                      new PolicyContext(counts, scanner.forRequest())),
                  question.jobId()));
    }
  }

  private static String sideBySide(SimulatedDecision both, String jobId) {
    return "{\"active\":"
        + PolicyLines.answer(both.before(), jobId)
        + ",\"candidate\":"
        + PolicyLines.answer(both.after(), jobId)
        + ",\"flips\":"
        + both.flips()
        + ",\"loosens\":"
        + both.loosens()
        + "}";
  }
}
