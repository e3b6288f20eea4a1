package dev.reeve.server.offline;

import dev.reeve.cli.BatchLines;
import dev.reeve.cli.ClientOptions;
import dev.reeve.cli.Console;
import dev.reeve.cli.PolicyOptions;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.gateway.PolicyLines;
import dev.reeve.policy.PolicyFault;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.UnknownScanners;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the commands that put questions to a policy have in common: the questions, and either a
/// policy or a server.
final class PolicyBatchOptions {
  @Mixin private final PolicyOptions policy = new PolicyOptions();

  @Mixin private final ScannerOptions scanners = new ScannerOptions();

  @Mixin private final ClientOptions client = new ClientOptions();

  @Option(
      order = 4,
      names = "--in",
      paramLabel = "FILE",
      description = "Where the questions are; - for standard input (default: -).")
  private String in = "-";

  PolicyOptions policy() {
    return policy;
  }

  /// Whether a server is asked.
  ///
  /// @throws dev.reeve.base.ProblemException unless exactly one of both is named
  boolean asksServer() {
    if (policy.isGiven() == client.isGiven()) {
      throw CliProblems.ARGUMENT_INVALID
          .because(
              policy.isGiven()
                  ? "--policy: given beside --server (expected: one of both)"
                  : "--policy: missing (expected: a policy, or --server)")
          .toException();
    }
    return client.isGiven();
  }

  /// The policy; what in it deserves a look is said on standard error.
  PolicySnapshot load(Console console) {
    PolicyLoad.Loaded loaded = policy.load();
    for (PolicyFault warning : loaded.warnings()) {
      console.err().println("reeve: warning: " + warning);
    }
    UnknownScanners.refuse("--policy", loaded.snapshot().document(), scanners.load());
    return loaded.snapshot();
  }

  SharedScanner scanner() {
    return scanners.load();
  }

  /// Answers each line offline.
  void answer(Console console, Function<PolicyLines.Question, String> answer) {
    BatchLines.answer(console, in, line -> answer.apply(PolicyLines.read(line)));
  }

  /// Has a server answer each line.
  void ask(
      Console console,
      Map<String, String> environment,
      BiFunction<PolicyLines.OfServer, String, String> answer) {
    try (Connection server = client.connect(environment)) {
      PolicyLines.OfServer kernel =
          new PolicyLines.OfServer(server.channel(), server.callTimeout());
      BatchLines.answer(console, in, line -> server.call(() -> answer.apply(kernel, line)));
    }
  }
}
