package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ListWorkersRequest;
import dev.reeve.wire.reeve.v1.Worker;
import dev.reeve.wire.reeve.v1.WorkerState;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve workers`: who is connected and how busy they are.
@Command(name = "workers", description = "List the workers that are connected.")
final class WorkersCommand extends ClientCommand {
  private static final String BUILT_IN = "builtin:";

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only workers that serve this topic.")
  private String topic = "";

  WorkersCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    ListWorkersRequest request = ListWorkersRequest.newBuilder().setTopic(topic).build();
    List<Worker> workers =
        connection.call(() -> connection.workers().listWorkers(request)).getWorkersList();
    if (json()) {
      workers.forEach(worker -> console().say(Json.line(worker)));
    } else if (workers.isEmpty()) {
      console().note("no worker is connected");
    } else {
      table(workers).lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }

  private static Table table(List<Worker> workers) {
    Table table =
        new Table("WORKER", "FAMILY", "POOL", "TOPICS", "BUSY", "LOAD", "LAST SEEN", "NOTE");
    for (Worker worker : workers) {
      table.row(
          worker.getWorkerId(),
          worker.getFamily(),
          worker.getPool(),
          String.join(",", worker.getTopicsList()),
          worker.getRunning() + "/" + worker.getMaxParallel(),
          String.format(Locale.ROOT, "%.2f", worker.getLoad()),
          isBuiltIn(worker) ? "" : Words.of(worker.getLastSeenAt()),
          note(worker));
    }
    return table;
  }

  private static String note(Worker worker) {
    if (worker.getState() == WorkerState.WORKER_STATE_SILENT) {
      return worker.getDraining() ? "silent, draining" : "silent";
    }
    return worker.getDraining() ? "draining" : isBuiltIn(worker) ? "part of the server" : "";
  }

  /// Lives and dies with the server, so it needs no sign of life.
  private static boolean isBuiltIn(Worker worker) {
    return worker.getWorkerId().startsWith(BUILT_IN);
  }
}
