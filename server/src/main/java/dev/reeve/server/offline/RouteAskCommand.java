package dev.reeve.server.offline;

import dev.reeve.cli.Console;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.gateway.beamline.RouteLines;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A command that asks the router line by line: offline by a folder of policies, or a server.
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n")
abstract class RouteAskCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;
  private final BiFunction<RouteLines, String, String> offline;
  private final BiFunction<RouteLines.OfServer, String, String> ofServer;

  @Mixin private final RouteOptions options = new RouteOptions();

  @Option(
      order = 3,
      names = "--seed",
      paramLabel = "N",
      description = "Makes the draws the same in every run.")
  private @Nullable Long seed;

  private RouteAskCommand(
      Console console,
      Map<String, String> environment,
      BiFunction<RouteLines, String, String> offline,
      BiFunction<RouteLines.OfServer, String, String> ofServer) {
    this.console = console;
    this.environment = environment;
    this.offline = offline;
    this.ofServer = ofServer;
  }

  @Override
  public final Integer call() {
    if (options.asksServer()) {
      options.ask(console, environment, ofServer);
    } else {
      RouteLines lines = OfflineRoutes.of(options.load(), seed);
      options.answer(console, line -> offline.apply(lines, line));
    }
    return ExitCodes.OK;
  }

  /// `reeve route decide`: which provider takes each request.
  @Command(
      name = "decide",
      description = "Choose a provider for each request, by policies or by a server.",
      footer = {
        "Reads JSON Lines, a request each in any of the forms of the bus, and prints its answer in",
        "kind as each line arrives. Pins of sessions, breakers, rates and quotas last for one run.",
        "Exit code 0 whatever is decided, 2 when a file is no policy."
      })
  static final class Decide extends RouteAskCommand {
    Decide(Console console, Map<String, String> environment) {
      super(console, environment, RouteLines::decide, RouteLines.OfServer::decide);
    }
  }

  /// `reeve route explain`: which provider would take each request, and how each stands.
  @Command(
      name = "explain",
      description = "Say of each request which provider would take it, and why no other.",
      footer = {
        "As `decide`, but nothing is pinned or counted, and the answer says how each provider",
        "stands and what was looked at, in order."
      })
  static final class Explain extends RouteAskCommand {
    Explain(Console console, Map<String, String> environment) {
      super(console, environment, RouteLines::explain, RouteLines.OfServer::explain);
    }
  }
}
