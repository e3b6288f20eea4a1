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

/// `reeve route decide`: which provider takes each request.
@Command(
    name = "decide",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Choose a provider for each request, by policies or by a server.",
    footer = {
      "Reads JSON Lines, a request each in any of the forms of the bus, and prints its answer in",
      "kind as each line arrives. Pins of sessions, breakers, rates and quotas last for one run.",
      "Exit code 0 whatever is decided, 2 when a file is no policy."
    })
final class RouteDecideCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;

  @Mixin private final RouteOptions options = new RouteOptions();

  @Option(
      order = 3,
      names = "--seed",
      paramLabel = "N",
      description = "Makes the draws the same in every run.")
  private @Nullable Long seed;

  RouteDecideCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (options.asksServer()) {
      options.ask(console, environment, RouteLines.OfServer::decide);
    } else {
      RouteLines lines = OfflineRoutes.of(options.load(), seed);
      options.answer(console, lines::decide);
    }
    return ExitCodes.OK;
  }
}
