package dev.reeve.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.HeldJob;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.ListApprovalsRequest;
import dev.reeve.wire.reeve.v1.ListApprovalsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve approvals`: the jobs that wait for a person, the longest wait first.
@Command(name = "approvals", description = "List the jobs that wait for approval.")
final class ApprovalsCommand extends ClientCommand {
  private static final int PAGE_MAX = 1_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Converters.Limit.class,
      description = "At most so many (default: 100).")
  private int limit = 100;

  ApprovalsCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    Table table = new Table("JOB", "TOPIC", "PRINCIPAL", "SINCE", "WHY");
    ListApprovalsRequest.Builder request = ListApprovalsRequest.newBuilder().setTenant(tenant());
    int left = limit;
    do {
      ListApprovalsRequest page = request.setPageSize(Math.min(left, PAGE_MAX)).build();
      ListApprovalsResponse answer =
          connection.call(() -> connection.approvals().listApprovals(page));
      for (Job job : answer.getJobsList().subList(0, Math.min(left, answer.getJobsCount()))) {
        left--;
        show(job, answer, table);
      }
      request.setPageToken(answer.getNextPageToken());
    } while (left > 0 && !request.getPageToken().isEmpty());
    if (!json() && left == limit) {
      console().note("no job waits for approval");
    } else if (!json()) {
      table.lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }

  private void show(Job job, ListApprovalsResponse answer, Table table) {
    if (json()) {
      JsonObject line = JsonParser.parseString(Json.line(job)).getAsJsonObject();
      if (answer.containsHeld(job.getJobId())) {
        HeldJob held = answer.getHeldOrThrow(job.getJobId());
        line.add("held", JsonParser.parseString(Json.line(held)));
      }
      console().say(Json.line(line));
    } else {
      table.row(
          job.getJobId(),
          job.getTopic(),
          job.getPrincipal(),
          Words.of(job.getUpdatedAt()),
          JobFacts.policy(job.getPolicy()));
    }
  }
}
