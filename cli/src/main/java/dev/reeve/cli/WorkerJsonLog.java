package dev.reeve.cli;

import com.google.gson.JsonObject;
import dev.reeve.cli.worker.WorkerListener;
import dev.reeve.cli.worker.WorkerSettings;
import java.io.PrintStream;
import java.time.Duration;

/// What a worker does, one JSON object a line on stdout.
final class WorkerJsonLog implements WorkerListener {
  private final PrintStream out;
  private final WorkerSettings settings;

  WorkerJsonLog(PrintStream out, WorkerSettings settings) {
    this.out = out;
    this.settings = settings;
  }

  @Override
  public void connected(String sessionId) {
    JsonObject line = line("connected");
    line.addProperty("session_id", sessionId);
    say(line);
  }

  @Override
  public void disconnected(String reason, Duration wait) {
    JsonObject line = line("disconnected");
    line.addProperty("reason", reason);
    line.addProperty("retry_in_ms", wait.toMillis());
    say(line);
  }

  @Override
  public void started(String jobId, int attempt) {
    say(job("started", jobId, attempt));
  }

  @Override
  public void ended(String jobId, int attempt, String outcome, Duration took) {
    JsonObject line = job("ended", jobId, attempt);
    line.addProperty("outcome", outcome);
    line.addProperty("took_ms", took.toMillis());
    say(line);
  }

  @Override
  public void dropped(String jobId, String reason) {
    JsonObject line = line("dropped");
    line.addProperty("job_id", jobId);
    line.addProperty("reason", reason);
    say(line);
  }

  @Override
  public void draining(String reason) {
    JsonObject line = line("draining");
    line.addProperty("reason", reason);
    say(line);
  }

  @Override
  public void stopping(int openRuns) {
    JsonObject line = line("stopping");
    line.addProperty("open_runs", openRuns);
    say(line);
  }

  private JsonObject job(String event, String jobId, int attempt) {
    JsonObject line = line(event);
    line.addProperty("job_id", jobId);
    line.addProperty("attempt", attempt);
    return line;
  }

  private JsonObject line(String event) {
    JsonObject line = new JsonObject();
    line.addProperty("event", event);
    line.addProperty("worker_id", settings.workerId());
    return line;
  }

  private void say(JsonObject line) {
    out.println(Json.line(line));
    out.flush();
  }
}
