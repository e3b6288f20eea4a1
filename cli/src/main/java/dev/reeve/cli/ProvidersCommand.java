package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ListProvidersRequest;
import dev.reeve.wire.reeve.v1.ModelPrice;
import dev.reeve.wire.reeve.v1.ProviderInfo;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve providers`: the configured providers of models, how their latest calls went, what they
/// cost.
@Command(
    name = "providers",
    description = "List the providers of models: health, models and prices.")
final class ProvidersCommand extends ClientCommand {
  @Option(names = "--prices", description = "One line for each price, in USD for a million tokens.")
  private boolean prices;

  ProvidersCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    List<ProviderInfo> providers =
        connection
            .call(
                () -> connection.models().listProviders(ListProvidersRequest.getDefaultInstance()))
            .getProvidersList();
    if (json()) {
      providers.forEach(provider -> console().say(Json.line(provider)));
    } else if (providers.isEmpty()) {
      console().note("no providers (the configuration lists them under `providers`)");
    } else {
      (prices ? prices(providers) : table(providers)).lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }

  private static Table table(List<ProviderInfo> providers) {
    Table table =
        new Table("PROVIDER", "KIND", "HEALTH", "CALLS", "FAILED", "LATENCY", "MODELS", "NOTE");
    for (ProviderInfo provider : providers) {
      table.row(
          provider.getId(),
          provider.getKind(),
          provider.getHealth(),
          String.valueOf(provider.getCalls()),
          String.valueOf(provider.getFailures()),
          provider.getCalls() == 0 ? "" : provider.getLatencyMs() + " ms",
          provider.getModelsCount() == 0 ? "any" : String.join(",", provider.getModelsList()),
          provider.getLastFailure());
    }
    return table;
  }

  private static Table prices(List<ProviderInfo> providers) {
    Table table = new Table("PROVIDER", "MODEL", "INPUT", "CACHED INPUT", "OUTPUT");
    for (ProviderInfo provider : providers) {
      for (ModelPrice price : provider.getPricesList()) {
        table.row(
            provider.getId(),
            price.getModel(),
            price.getInput(),
            price.getCachedInput(),
            price.getOutput());
      }
    }
    return table;
  }
}
