package dev.reeve.server.offline;

import dev.reeve.cli.BatchLines;
import dev.reeve.cli.ClientOptions;
import dev.reeve.cli.Console;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.gateway.beamline.RouteLines;
import dev.reeve.routing.RoutePolicies;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.server.route.RoutePolicyFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the commands that ask for routes have in common: the requests, and either a folder of
/// policies or a server.
final class RouteOptions {
  @Option(
      order = 1,
      names = "--policies",
      paramLabel = "DIR",
      description = "A folder with a JSON file for each policy, ID.json.")
  private @Nullable String policies;

  @Option(
      order = 4,
      names = "--in",
      paramLabel = "FILE",
      description = "Where the requests are; - for standard input (default: -).")
  private String in = "-";

  @Mixin private final ClientOptions client = new ClientOptions();

  /// Whether a server is asked.
  ///
  /// @throws dev.reeve.base.ProblemException unless exactly one of both is named
  boolean asksServer() {
    if ((policies != null) == client.isGiven()) {
      throw CliProblems.ARGUMENT_INVALID
          .because(
              policies != null
                  ? "--policies: given beside --server (expected: one of both)"
                  : "--policies: missing (expected: a folder of policies, or --server)")
          .toException();
    }
    return client.isGiven();
  }

  /// The policies of the folder.
  RoutePolicies load() {
    RoutePolicyFolder folder = new RoutePolicyFolder(Path.of(String.valueOf(policies)));
    try {
      RoutePolicies all = RoutePolicies.EMPTY;
      for (RoutePolicy policy : folder.read()) {
        all = all.put(policy, 0, "file");
      }
      return all;
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because("--policies: cannot be read")
          .with("cause", e.getClass().getSimpleName() + " " + e.getMessage())
          .toException();
    }
  }

  /// Answers each line offline.
  void answer(Console console, UnaryOperator<String> answer) {
    BatchLines.answer(console, in, answer);
  }

  /// Has a server answer each line.
  void ask(
      Console console,
      Map<String, String> environment,
      BiFunction<RouteLines.OfServer, String, String> answer) {
    try (Connection server = client.connect(environment)) {
      RouteLines.OfServer router = new RouteLines.OfServer(server.channel(), server.callTimeout());
      BatchLines.answer(console, in, line -> server.call(() -> answer.apply(router, line)));
    }
  }
}
