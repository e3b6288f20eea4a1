package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ListPoolsRequest;
import dev.reeve.wire.reeve.v1.Pool;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/// `reeve pools`: which pools of workers there are, and how busy they are.
@Command(name = "pools", description = "List the pools of workers.")
final class PoolsCommand extends ClientCommand {
  private static final String STATUS_PREFIX = "POOL_STATUS_";

  PoolsCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    List<Pool> pools =
        connection
            .call(() -> connection.pools().listPools(ListPoolsRequest.getDefaultInstance()))
            .getPoolsList();
    if (json()) {
      pools.forEach(pool -> console().say(Json.line(pool)));
    } else if (pools.isEmpty()) {
      console().note("no pool is set up, and no worker names one");
    } else {
      table(pools).lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }

  private static Table table(List<Pool> pools) {
    Table table = new Table("POOL", "STATUS", "TOPICS", "OFFERS", "WORKERS", "BUSY", "FREE");
    for (Pool pool : pools) {
      table.row(
          pool.getName(),
          pool.getStatus().name().substring(STATUS_PREFIX.length()).toLowerCase(Locale.ROOT),
          String.join(",", pool.getTopicsList()),
          String.join(",", pool.getRequiresList()),
          String.valueOf(pool.getWorkers()),
          String.valueOf(pool.getRunning()),
          String.valueOf(pool.getCredit()));
    }
    return table;
  }
}
