package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.Durations;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.cli.client.Failure;
import dev.reeve.cli.client.FailureException;
import dev.reeve.cli.client.SafeText;
import dev.reeve.cli.worker.ProcessGroups;
import dev.reeve.wire.reeve.v1.GetServerInfoRequest;
import dev.reeve.wire.reeve.v1.GetServerInfoResponse;
import dev.reeve.wire.reeve.v1.HealthComponent;
import dev.reeve.wire.reeve.v1.HealthStatus;
import dev.reeve.wire.reeve.v1.ListApprovalsRequest;
import dev.reeve.wire.reeve.v1.ListWorkersRequest;
import dev.reeve.wire.reeve.v1.Listener;
import dev.reeve.wire.reeve.v1.StoreInfo;
import dev.reeve.wire.reeve.v1.Worker;
import dev.reeve.wire.reeve.v1.WorkerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/// `reeve doctor`: looks at this machine and at the server, and says what is wrong. Ends with 0
/// when nothing fails, 3 when the server cannot be reached, 4 when it is not well.
@Command(name = "doctor", description = "Check this machine and the server.")
final class DoctorCommand extends ClientCommand {
  private static final String NORMAL = "normal";

  private final List<Finding> findings = new ArrayList<>();

  DoctorCommand(CliContext context) {
    super(context);
  }

  private enum Verdict {
    OK,
    WARN,
    FAIL
  }

  private record Finding(Verdict verdict, String subject, String message) {}

  @Override
  int run(Connection connection) {
    checkMachine();
    int exitCode = checkServer(connection);
    report();
    return exitCode;
  }

  private void checkMachine() {
    add(Verdict.OK, "program", "version " + BuildVersion.text() + ", Java " + Runtime.version());
    if (ProcessGroups.isSupported(context().environment())) {
      add(Verdict.OK, "worker", "can run commands in process groups of their own");
    } else {
      add(
          Verdict.WARN,
          "worker",
          "neither setsid nor perl on PATH: `reeve worker --exec` cannot run here");
    }
  }

  private int checkServer(Connection connection) {
    try {
      GetServerInfoResponse server =
          connection.call(
              () -> connection.system().getServerInfo(GetServerInfoRequest.getDefaultInstance()));
      describe(connection, server);
      checkWork(connection);
    } catch (FailureException e) {
      Failure failure = e.failure();
      add(
          Verdict.FAIL,
          "server",
          failure.message() + (failure.hint().isEmpty() ? "" : " (" + failure.hint() + ")"));
      return failure.exitCode() == ExitCodes.NETWORK
          ? ExitCodes.NETWORK
          : ExitCodes.SERVER_OR_JOB_FAILURE;
    }
    return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAIL)
        ? ExitCodes.SERVER_OR_JOB_FAILURE
        : ExitCodes.OK;
  }

  private void describe(Connection connection, GetServerInfoResponse server) {
    boolean same = server.getVersion().equals(BuildVersion.text());
    add(
        same ? Verdict.OK : Verdict.WARN,
        "server",
        "version %s at %s, up %s%s"
            .formatted(
                server.getVersion(),
                connection.server(),
                upTime(server),
                same ? "" : "; this program is " + BuildVersion.text()));
    for (Listener listener : server.getListenersList()) {
      add(
          Verdict.OK,
          "listener",
          listener.getName() + " " + listener.getAddress() + (listener.getTls() ? ", TLS" : ""));
    }
    for (StoreInfo store : server.getStoresList()) {
      add(
          Verdict.OK,
          "store",
          store.getRole() + ": " + store.getKind() + " " + store.getLocation());
    }
    for (HealthComponent component : server.getHealthList()) {
      add(
          verdict(component.getStatus()),
          "health",
          component.getName()
              + (component.getMessage().isEmpty() ? "" : ": " + component.getMessage()));
    }
    if (!server.getPosture().isEmpty() && !server.getPosture().equals(NORMAL)) {
      add(Verdict.WARN, "posture", server.getPosture());
    }
    add(
        server.getPolicySnapshot().isEmpty() ? Verdict.WARN : Verdict.OK,
        "policy",
        server.getPolicySnapshot().isEmpty() ? "none in force" : server.getPolicySnapshot());
  }

  private String upTime(GetServerInfoResponse server) {
    Instant started = Instant.ofEpochSecond(server.getStartedAt().getSeconds());
    Duration up = Duration.between(started, context().clock().instant());
    return Durations.print(up.isNegative() ? Duration.ZERO : up);
  }

  private void checkWork(Connection connection) {
    List<Worker> workers =
        connection
            .call(() -> connection.workers().listWorkers(ListWorkersRequest.getDefaultInstance()))
            .getWorkersList();
    long silent =
        workers.stream()
            .filter(worker -> worker.getState() == WorkerState.WORKER_STATE_SILENT)
            .count();
    add(
        silent == 0 ? Verdict.OK : Verdict.WARN,
        "workers",
        workers.size() + " connected" + (silent == 0 ? "" : ", " + silent + " of them silent"));
    ListApprovalsRequest request = ListApprovalsRequest.newBuilder().setTenant(tenant()).build();
    int held = connection.call(() -> connection.approvals().listApprovals(request)).getJobsCount();
    if (held > 0) {
      add(Verdict.WARN, "approvals", held + " waiting; see `reeve approvals`");
    }
  }

  private static Verdict verdict(HealthStatus status) {
    return switch (status) {
      case HEALTH_STATUS_SERVING -> Verdict.OK;
      case HEALTH_STATUS_DEGRADED, HEALTH_STATUS_UNSPECIFIED, UNRECOGNIZED -> Verdict.WARN;
      case HEALTH_STATUS_NOT_SERVING -> Verdict.FAIL;
    };
  }

  private void add(Verdict verdict, String subject, String message) {
    findings.add(new Finding(verdict, subject, message));
  }

  private void report() {
    if (!json()) {
      for (Finding finding : findings) {
        String verdict = finding.verdict().name().toLowerCase(Locale.ROOT);
        String line = "%-4s  %-9s  %s".formatted(verdict, finding.subject(), finding.message());
        console().out().println(SafeText.line(line));
      }
      return;
    }
    JsonArray checks = new JsonArray();
    for (Finding finding : findings) {
      JsonObject check = new JsonObject();
      check.addProperty("verdict", finding.verdict().name());
      check.addProperty("subject", finding.subject());
      check.addProperty("message", finding.message());
      checks.add(check);
    }
    JsonObject report = new JsonObject();
    report.addProperty(
        "ok", findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAIL));
    report.add("checks", checks);
    console().say(Json.line(report));
  }
}
