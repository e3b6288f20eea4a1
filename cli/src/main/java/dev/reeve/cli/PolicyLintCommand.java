package dev.reeve.cli;

import com.google.gson.JsonObject;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.policy.LintFinding;
import dev.reeve.policy.PolicyFault;
import dev.reeve.policy.PolicyLint;
import dev.reeve.policy.PolicyLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve policy lint`: rules that work and are probably not meant.
@Command(
    name = "lint",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Look for rules that are probably not meant.",
    footer = {
      "Finds rules that never decide, contradictions, allows of everything. Exit code 4 when a"
          + " rule",
      "can have no effect or contradicts another, with --strict whatever is found; 2 when a file"
          + " is",
      "no policy."
    })
final class PolicyLintCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final PolicyOptions policy = new PolicyOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "The policy; several files are merged in order.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--strict", description = "Exit code 4 for every finding.")
  private boolean strict;

  @Option(names = "--json", description = "Print one JSON object a finding.")
  private boolean json;

  PolicyLintCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (files.isEmpty() && !policy.isGiven()) {
      throw CliProblems.ARGUMENT_INVALID
          .because("FILE: missing (expected: a policy)")
          .toException();
    }
    PolicyLoad.Loaded loaded = policy.loadWith(files);
    List<LintFinding> findings = PolicyLint.check(loaded.snapshot().document());
    for (PolicyFault warning : loaded.warnings()) {
      console.say(json ? line(warning) : "WARNING " + warning);
    }
    for (LintFinding finding : findings) {
      console.say(json ? line(finding) : finding.toString());
    }
    boolean nothing = findings.isEmpty() && loaded.warnings().isEmpty();
    boolean failed = strict ? !nothing : findings.stream().anyMatch(PolicyLintCommand::isError);
    return failed ? ExitCodes.SERVER_OR_JOB_FAILURE : ExitCodes.OK;
  }

  private static boolean isError(LintFinding finding) {
    return switch (finding.kind()) {
      case UNREACHABLE, CONTRADICTION, MATCHES_NOTHING, UNUSABLE_REMEDIATION -> true;
      case SHADOWED, TOO_WIDE_ALLOW, NO_EFFECT -> false;
    };
  }

  private static String line(LintFinding finding) {
    JsonObject line = new JsonObject();
    line.addProperty("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    line.addProperty("rule_id", finding.ruleId());
    line.addProperty("other_rule_id", finding.otherRuleId());
    line.addProperty("message", finding.message());
    return Json.line(line);
  }

  private static String line(PolicyFault warning) {
    JsonObject line = new JsonObject();
    line.addProperty("kind", "warning");
    line.addProperty("rule_id", "");
    line.addProperty("other_rule_id", "");
    line.addProperty("message", warning.toString());
    return Json.line(line);
  }
}
