package dev.reeve.conformance.routing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.conformance.decisions.ReeveCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Asks `reeve route` in this process.
final class RouteCommand {
  private final Path folder;

  RouteCommand(Path folder) {
    this.folder = folder;
  }

  /// One answer for each line, by these policies.
  List<JsonObject> decide(JsonObject policies, long seed, List<PacedInput.Line> lines) {
    List<String> command =
        List.of("route", "decide", "--policies", write(policies), "--in", "-", "--seed", "" + seed);
    return answers(ReeveCommand.run(new PacedInput(lines), command), lines.size());
  }

  /// One explanation for each line.
  List<JsonObject> explain(JsonObject policies, List<PacedInput.Line> lines) {
    List<String> command = List.of("route", "explain", "--policies", write(policies), "--in", "-");
    return answers(ReeveCommand.run(new PacedInput(lines), command), lines.size());
  }

  /// One verdict for each policy.
  static List<JsonObject> validate(List<String> policies) {
    String lines = String.join("\n", policies) + "\n";
    List<String> command = List.of("route", "policies", "validate", "--in", "-");
    return answers(ReeveCommand.run(lines, command), policies.size());
  }

  private static List<JsonObject> answers(ReeveCommand run, int count) {
    if (run.exit() != 0 || run.out().size() != count) {
      throw new AssertionError(
          "exit %d, %d lines (expected: 0, %d)%n%s"
              .formatted(run.exit(), run.out().size(), count, run.err()));
    }
    List<JsonObject> answers = new ArrayList<>();
    run.out().forEach(line -> answers.add(JsonParser.parseString(line).getAsJsonObject()));
    return answers;
  }

  private String write(JsonObject policies) {
    try {
      Path run = Files.createTempDirectory(folder, "policies");
      for (var policy : policies.entrySet()) {
        Files.writeString(
            run.resolve(policy.getKey() + ".json"), RoutingTable.json(policy.getValue()));
      }
      return run.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
