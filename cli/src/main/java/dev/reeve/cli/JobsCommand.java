package dev.reeve.cli;

import com.google.protobuf.Timestamp;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.Durations;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListJobsResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve jobs`: lists jobs, newest first.
@Command(name = "jobs", description = "List jobs, newest first.")
final class JobsCommand extends ClientCommand {
  private static final int PAGE_MAX = 1_000;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      converter = Converters.State.class,
      description = "Only jobs in one of these states, for example queued,executing.")
  private List<JobState> states = List.of();

  @Option(names = "--topic", paramLabel = "TOPIC", description = "Only jobs of this topic.")
  private String topic = "";

  @Option(names = "--project", paramLabel = "PROJECT", description = "Only jobs of this project.")
  private @Nullable String project;

  @Option(
      names = "--dialect",
      paramLabel = "DIALECT",
      converter = Converters.DialectName.class,
      description = "Only jobs that came in by this API: reeve, eigen, cordum, mathison, ...")
  private Dialect dialect = Dialect.DIALECT_UNSPECIFIED;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Created at or after: a duration ago (1h) or a time (2026-01-02T03:04:05Z).")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "WHEN", description = "Created before.")
  private @Nullable String until;

  @Option(
      names = "--dead-letter",
      description = "Only jobs that used up every attempt and wait for somebody to look.")
  private boolean deadLetter;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Converters.Limit.class,
      description = "At most so many (default: 100).")
  private int limit = 100;

  JobsCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    List<Job> found = new ArrayList<>();
    ListJobsRequest.Builder request = request();
    int left = limit;
    do {
      ListJobsRequest page = request.setPageSize(Math.min(left, PAGE_MAX)).build();
      ListJobsResponse answer = connection.call(() -> connection.jobs().listJobs(page));
      List<Job> jobs = answer.getJobsList().subList(0, Math.min(left, answer.getJobsCount()));
      left -= jobs.size();
      if (json()) {
        jobs.forEach(job -> console().say(Json.line(job)));
      } else {
        found.addAll(jobs);
      }
      request.setPageToken(answer.getNextPageToken());
    } while (left > 0 && !request.getPageToken().isEmpty());
    if (!json()) {
      printTable(found, left == 0 && !request.getPageToken().isEmpty());
    }
    return ExitCodes.OK;
  }

  private ListJobsRequest.Builder request() {
    ListJobsRequest.Builder request =
        ListJobsRequest.newBuilder()
            .setTenant(tenant())
            .addAllStates(states)
            .setTopic(topic)
            .setDialect(dialect);
    if (project != null) {
      request.setProject(project);
    }
    if (since != null) {
      request.setCreatedAfter(time("--since", since));
    }
    if (until != null) {
      request.setCreatedBefore(time("--until", until));
    }
    if (deadLetter) {
      request.setDeadLetter(true);
    }
    return request;
  }

  private Timestamp time(String option, String text) {
    Instant instant =
        Durations.parse(text)
            .map(ago -> context().clock().instant().minus(ago))
            .orElseGet(() -> parse(option, text));
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static Instant parse(String option, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw CliProblems.ARGUMENT_INVALID
          .field(option, text, "a duration ago such as 1h, or a time such as 2026-01-02T03:04:05Z")
          .toException();
    }
  }

  private void printTable(List<Job> jobs, boolean more) {
    if (jobs.isEmpty()) {
      console().note("no jobs");
      return;
    }
    Table table = new Table("JOB", "STATE", "TOPIC", "CREATED", "NAME");
    for (Job job : jobs) {
      table.row(
          job.getJobId(),
          JobFacts.state(job),
          job.getTopic(),
          Words.of(job.getCreatedAt()),
          job.getName());
    }
    table.lines().forEach(console().out()::println);
    if (more) {
      console().note("there are more; see --limit");
    }
  }
}
