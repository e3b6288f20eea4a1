package dev.reeve.cli;

import dev.reeve.cli.client.Durations;
import dev.reeve.cli.client.SafeText;
import dev.reeve.cli.client.ServerAddress;
import dev.reeve.cli.worker.WorkerListener;
import dev.reeve.cli.worker.WorkerSettings;
import java.io.PrintStream;
import java.time.Duration;

/// What a worker does, in lines for people.
final class WorkerTextLog implements WorkerListener {
  private final PrintStream err;
  private final WorkerSettings settings;
  private final ServerAddress server;

  WorkerTextLog(PrintStream err, WorkerSettings settings, ServerAddress server) {
    this.err = err;
    this.settings = settings;
    this.server = server;
  }

  @Override
  public void connected(String sessionId) {
    say(
        "worker %s serves %s at %s, %d at once"
            .formatted(
                settings.workerId(),
                String.join(", ", settings.topics()),
                server,
                settings.concurrency()));
  }

  @Override
  public void disconnected(String reason, Duration wait) {
    say("not connected (" + reason + "); trying again in " + Durations.print(wait));
  }

  @Override
  public void started(String jobId, int attempt) {
    say("job " + jobId + " attempt " + attempt + ": started");
  }

  @Override
  public void ended(String jobId, int attempt, String outcome, Duration took) {
    say("job " + jobId + " attempt " + attempt + ": " + outcome + ", " + Durations.print(took));
  }

  @Override
  public void dropped(String jobId, String reason) {
    say("job " + jobId + ": no longer wanted (" + reason + ")");
  }

  @Override
  public void draining(String reason) {
    say("the server sends no more work" + (reason.isEmpty() ? "" : " (" + reason + ")"));
  }

  @Override
  public void stopping(int openRuns) {
    say("stopping; " + openRuns + " open");
  }

  private void say(String line) {
    err.println("reeve: " + SafeText.line(line));
    err.flush();
  }
}
