package dev.reeve.server.offline;

import dev.reeve.cli.Console;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.gateway.beamline.RouteLines;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve route explain`: which provider would take each request, and how each stands.
@Command(
    name = "explain",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Say of each request which provider would take it, and why no other.",
    footer = {
      "As `decide`, but nothing is pinned or counted, and the answer says how each provider",
      "stands and what was looked at, in order."
    })
final class RouteExplainCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;

  @Mixin private final RouteOptions options = new RouteOptions();

  @Option(
      order = 3,
      names = "--seed",
      paramLabel = "N",
      description = "Makes the draws the same in every run.")
  private @Nullable Long seed;

  RouteExplainCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (options.asksServer()) {
      options.ask(console, environment, RouteLines.OfServer::explain);
    } else {
      RouteLines lines = OfflineRoutes.of(options.load(), seed);
      options.answer(console, lines::explain);
    }
    return ExitCodes.OK;
  }
}
