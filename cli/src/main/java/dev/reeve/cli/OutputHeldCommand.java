package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.HeldOutput;
import dev.reeve.wire.reeve.v1.ListHeldOutputsRequest;
import dev.reeve.wire.reeve.v1.ListHeldOutputsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve output held`: the outputs that wait for a reviewer, the newest first.
@Command(name = "held", description = "List the outputs that were held back.")
final class OutputHeldCommand extends ClientCommand {
  private static final int PAGE_MAX = 1_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Converters.Limit.class,
      description = "At most so many (default: 100).")
  private int limit = 100;

  OutputHeldCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    Table table = new Table("JOB", "TOPIC", "BYTES", "SINCE", "WHY");
    ListHeldOutputsRequest.Builder request =
        ListHeldOutputsRequest.newBuilder().setTenant(tenant());
    int left = limit;
    do {
      ListHeldOutputsRequest page = request.setPageSize(Math.min(left, PAGE_MAX)).build();
      ListHeldOutputsResponse answer =
          connection.call(() -> connection.heldOutputs().listHeldOutputs(page));
      for (HeldOutput output :
          answer.getOutputsList().subList(0, Math.min(left, answer.getOutputsCount()))) {
        left--;
        show(output, table);
      }
      request.setPageToken(answer.getNextPageToken());
    } while (left > 0 && !request.getPageToken().isEmpty());
    if (!json() && left == limit) {
      console().note("no output is held");
    } else if (!json()) {
      table.lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }

  private void show(HeldOutput output, Table table) {
    if (json()) {
      console().say(Json.line(output));
    } else {
      table.row(
          output.getJob().getJobId(),
          output.getJob().getTopic(),
          Long.toString(output.getOutput().getSizeBytes()),
          Words.of(output.getJob().getUpdatedAt()),
          output.getJob().getError().getMessage());
    }
  }
}
