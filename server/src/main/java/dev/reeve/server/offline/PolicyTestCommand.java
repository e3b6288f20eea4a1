package dev.reeve.server.offline;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.cli.Console;
import dev.reeve.cli.PolicyFiles;
import dev.reeve.cli.PolicyOptions;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.policy.PolicyCase;
import dev.reeve.policy.PolicyCaseReport;
import dev.reeve.policy.PolicyCases;
import dev.reeve.policy.PolicyFault;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.PolicySource;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.UnknownScanners;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve policy test`: runs the cases that stand beside a policy.
@Command(
    name = "test",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Run the cases of a policy and count which rules they reach.",
    footer = {
      "Without CASES the file beside each policy is taken: policy.test.yaml beside policy.yaml.",
      "Exit code 0 when every case passes and enough rules are covered, else 4; 2 when a file",
      "cannot be used."
    })
final class PolicyTestCommand implements Callable<Integer> {
  private static final int PERCENT = 100;

  private final Console console;

  @Mixin private final PolicyOptions policy = new PolicyOptions();

  @Mixin private final ScannerOptions scanners = new ScannerOptions();

  @Parameters(arity = "0..*", paramLabel = "CASES", description = "Files of cases.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--junit", paramLabel = "FILE", description = "Write a JUnit report too.")
  private @Nullable Path junit;

  @Option(
      names = "--coverage",
      paramLabel = "PERCENT",
      description = "Fail unless the cases reach so many of the rules (default: 0).")
  private int coverageMin;

  @Option(names = "--json", description = "Print one JSON object a case, then one for the whole.")
  private boolean json;

  PolicyTestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!policy.isGiven()) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--policy: missing (expected: the policy to test)")
          .toException();
    }
    PolicySnapshot snapshot = policy.load().snapshot();
    SharedScanner scanner = scanners.load();
    UnknownScanners.refuse("--policy", snapshot.document(), scanner);
    List<PolicyCase> cases = new ArrayList<>();
    for (PolicySource source : sources()) {
      cases.addAll(read(source));
    }
    PolicyCaseReport report = PolicyCases.run(snapshot, cases, scanner.forRequest());
    print(report);
    Path reportFile = junit;
    if (reportFile != null) {
      JunitReport.write(reportFile, policy.names(), report);
    }
    boolean covered = report.coverage() * PERCENT >= coverageMin;
    return report.passed() && covered ? ExitCodes.OK : ExitCodes.SERVER_OR_JOB_FAILURE;
  }

  private List<PolicySource> sources() {
    List<PolicySource> sources = new ArrayList<>();
    if (files.isEmpty()) {
      policy.names().forEach(name -> sources.addAll(PolicyFiles.casesBeside(name)));
    } else {
      files.forEach(name -> sources.add(PolicyFiles.read(name, PolicyFiles.CASES_BYTES_MAX)));
    }
    if (sources.isEmpty()) {
      throw CliProblems.FILE_UNREADABLE
          .because(
              "CASES: missing (expected: a file of cases, or one such as policy.test.yaml beside"
                  + " policy.yaml)")
          .toException();
    }
    return sources;
  }

  private static List<PolicyCase> read(PolicySource source) {
    return switch (PolicyCases.load(source.file())) {
      case PolicyCases.Load.Loaded loaded -> loaded.cases();
      case PolicyCases.Load.Refused refused -> {
        StringBuilder message = new StringBuilder(source.name()).append(": no file of cases");
        for (PolicyFault fault : refused.faults()) {
          message.append("\n  ").append(fault);
        }
        throw CliProblems.ARGUMENT_INVALID.because(message.toString()).toException();
      }
    };
  }

  private void print(PolicyCaseReport report) {
    PrintStream out = console.out();
    for (PolicyCaseReport.Result result : report.results()) {
      if (json) {
        out.println(line(result));
      } else if (!result.passed()) {
        out.println("FAILED line " + result.testCase().line() + ": " + result.message());
      }
    }
    out.println(json ? summaryLine(report) : summary(report));
  }

  private static String line(PolicyCaseReport.Result result) {
    JsonObject line = new JsonObject();
    line.addProperty("name", result.testCase().name());
    line.addProperty("line", result.testCase().line());
    line.addProperty("passed", result.passed());
    line.addProperty("decision", result.decided().decision().word());
    line.addProperty("rule_id", result.decided().ruleId());
    line.addProperty("reason_code", result.decided().code().name());
    line.addProperty("message", result.message());
    return line.toString();
  }

  private static String summaryLine(PolicyCaseReport report) {
    JsonObject line = new JsonObject();
    line.addProperty("cases", report.results().size());
    line.addProperty("failed", failures(report));
    line.addProperty("rules", report.coveredRules().size() + report.uncoveredRules().size());
    line.addProperty("covered", report.coveredRules().size());
    JsonArray uncovered = new JsonArray();
    report.uncoveredRules().forEach(uncovered::add);
    line.add("uncovered_rules", uncovered);
    return line.toString();
  }

  private static String summary(PolicyCaseReport report) {
    int rules = report.coveredRules().size() + report.uncoveredRules().size();
    StringBuilder out = new StringBuilder();
    out.append(report.results().size()).append(" cases, ").append(failures(report));
    out.append(" failed; ").append(report.coveredRules().size()).append(" of ").append(rules);
    out.append(String.format(Locale.ROOT, " rules covered (%.0f %%)", report.coverage() * PERCENT));
    if (!report.uncoveredRules().isEmpty()) {
      out.append("\nnot covered: ").append(String.join(", ", report.uncoveredRules()));
    }
    return out.toString();
  }

  private static long failures(PolicyCaseReport report) {
    return report.results().stream().filter(result -> !result.passed()).count();
  }
}
