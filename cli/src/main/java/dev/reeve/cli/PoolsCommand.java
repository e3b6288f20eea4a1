package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ListPoolsRequest;
import dev.reeve.wire.reeve.v1.Pool;
import dev.reeve.wire.reeve.v1.PoolStatus;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `reeve pools`: which pools of workers there are, and how busy they are; drains one.
@Command(
    name = "pools",
    commandListHeading = "%nWhat else to do:%n",
    description = "List the pools of workers, or let one drain.")
final class PoolsCommand extends ClientCommand {
  private static final String STATUS_PREFIX = "POOL_STATUS_";

  PoolsCommand(CliContext context) {
    super(context);
  }

  static CommandSpec spec(CliContext context) {
    return CommandSpec.forAnnotatedObject(new PoolsCommand(context))
        .addSubcommand(
            "drain", CommandSpec.forAnnotatedObject(new PoolStatusCommand.Drain(context)))
        .addSubcommand(
            "activate", CommandSpec.forAnnotatedObject(new PoolStatusCommand.Activate(context)));
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
          word(pool.getStatus()),
          String.join(",", pool.getTopicsList()),
          String.join(",", pool.getRequiresList()),
          String.valueOf(pool.getWorkers()),
          String.valueOf(pool.getRunning()),
          String.valueOf(pool.getCredit()));
    }
    return table;
  }

  static String word(PoolStatus status) {
    return status.name().substring(STATUS_PREFIX.length()).toLowerCase(Locale.ROOT);
  }
}
