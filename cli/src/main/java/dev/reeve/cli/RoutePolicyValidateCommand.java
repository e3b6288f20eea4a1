package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.routing.PolicyError;
import dev.reeve.routing.PolicyReading;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutePolicyReader;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve route policies validate`: what is wrong with routing policies; asks nobody.
@Command(
    name = "validate",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Say what is wrong with routing policies.",
    footer = {
      "Reads JSON Lines, a policy each, and prints {\"valid\", \"errors\": [{\"path\","
          + " \"message\"}], \"warnings\": [...]} for each.",
      "A provider that is named and not listed is a warning. Exit code 0 whatever is wrong."
    })
final class RoutePolicyValidateCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description = "Where the policies are; - for standard input (default: -).")
  private String in = "-";

  RoutePolicyValidateCommand(Console console) {
    this.console = console;
  }

  /// Every command takes it; here it changes nothing.
  @Option(names = "--json", description = "Print JSON; there is no other form.")
  void json(boolean asked) {}

  @Override
  public Integer call() {
    BatchLines.answer(console, in, line -> Json.line(verdict(RoutePolicyReader.read("", line))));
    return ExitCodes.OK;
  }

  private static JsonObject verdict(PolicyReading reading) {
    List<PolicyError> warnings =
        switch (reading) {
          case PolicyReading.Valid(RoutePolicy policy) -> policy.warnings();
          case PolicyReading.Invalid _ -> List.of();
        };
    JsonObject verdict = new JsonObject();
    verdict.addProperty("valid", reading.problems().isEmpty());
    verdict.add("errors", lines(reading.problems()));
    verdict.add("warnings", lines(warnings));
    return verdict;
  }

  private static JsonArray lines(List<PolicyError> problems) {
    JsonArray lines = new JsonArray();
    for (PolicyError problem : problems) {
      JsonObject line = new JsonObject();
      line.addProperty("path", problem.path());
      line.addProperty("message", problem.message());
      lines.add(line);
    }
    return lines;
  }
}
