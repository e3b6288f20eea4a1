package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.policy.PolicyChange;
import dev.reeve.policy.PolicyDiff;
import dev.reeve.policy.PolicyDocument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve policy diff`: what changed between two policies, by meaning.
@Command(
    name = "diff",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Compare two policies by meaning.",
    footer = {
      "Comments, blanks and the order of keys do not count; the order of rules does.",
      "Exit code 0 whatever the difference, 2 when a file is no policy."
    })
final class PolicyDiffCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "OLD", description = "A policy file or a folder of them.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "NEW", description = "Another one.")
  private String after = "";

  @Option(names = "--json", description = "Print one JSON object a change.")
  private boolean json;

  PolicyDiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    for (PolicyChange change : PolicyDiff.between(document(before), document(after))) {
      console.say(json ? line(change) : text(change));
    }
    return ExitCodes.OK;
  }

  private static PolicyDocument document(String name) {
    return PolicyFiles.load(List.of(name), Optional.empty()).snapshot().document();
  }

  private static String text(PolicyChange change) {
    return word(change)
        + " "
        + change.what()
        + (change.parts().isEmpty() ? "" : ": " + String.join(", ", change.parts()));
  }

  private static String line(PolicyChange change) {
    JsonObject line = new JsonObject();
    line.addProperty("kind", word(change));
    line.addProperty("what", change.what());
    JsonArray parts = new JsonArray();
    change.parts().forEach(parts::add);
    line.add("parts", parts);
    return Json.line(line);
  }

  private static String word(PolicyChange change) {
    return change.kind().name().toLowerCase(Locale.ROOT);
  }
}
