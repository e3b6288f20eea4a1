package dev.reeve.cli;

import dev.reeve.base.Ids;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve watch`: events as they happen, until the job has ended. Ends with 0 when every job
/// completed, else with 4.
@Command(
    name = "watch",
    description = "Show the events of jobs as they happen, until they end.",
    footer = "Ends with 0 when every job completed, with 4 when one ended otherwise.")
final class WatchCommand extends ClientCommand {
  private static final int JOBS_MAX = 1_000;

  @Parameters(index = "0..*", arity = "1..*", paramLabel = "JOB", description = "Ids of the jobs.")
  private List<String> jobs = List.of();

  @Option(
      names = "--after",
      paramLabel = "SEQ",
      converter = Converters.Sequence.class,
      description = "Leave out the events up to this number (default: 0).")
  private long after;

  @Option(
      names = "--give-up-after",
      paramLabel = "DURATION",
      converter = Converters.Span.class,
      description = "How long to try again after a lost connection (default: 5m).")
  private Duration giveUpAfter = Duration.ofMinutes(5);

  WatchCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    if (jobs.size() > JOBS_MAX) {
      throw CliProblems.ARGUMENT_INVALID
          .field("JOB", jobs.size() + " ids", "at most " + JOBS_MAX)
          .toException();
    }
    Map<String, Long> cursors = new LinkedHashMap<>();
    for (String job : jobs) {
      // Not by a converter: one that refuses an element would end the list instead.
      if (!Ids.isGiven(job)) {
        throw CliProblems.ARGUMENT_INVALID
            .field("JOB", job, "a job id: " + Ids.GIVEN_SHAPE)
            .toException();
      }
      cursors.put(job, after);
    }
    Map<String, JobEvent> ends =
        new Watcher(connection, context(), printer(cursors.size()), giveUpAfter).watch(cursors);
    boolean allCompleted =
        ends.size() == cursors.size()
            && ends.values().stream()
                .allMatch(end -> end.getState() == JobState.JOB_STATE_COMPLETED);
    return allCompleted ? ExitCodes.OK : ExitCodes.SERVER_OR_JOB_FAILURE;
  }

  private EventPrinter printer(int count) {
    if (json()) {
      return new EventJson(console().out());
    }
    return count == 1 && console().terminal().drawsOnOut()
        ? new EventScreen(console().out(), console().terminal().columns())
        : new EventLines(console().out(), count > 1);
  }
}
