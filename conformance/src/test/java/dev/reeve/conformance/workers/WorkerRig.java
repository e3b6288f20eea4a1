package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.testing.Await;
import dev.reeve.testing.NatsServer;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A broker, a server on it, and whatever foreign programs a test starts. Everything ends with it.
final class WorkerRig implements AutoCloseable {
  static final String TOPIC = "job.workers.test";

  /// Workers that are silent for so long are gone.
  static final String SHORT_LEASE = "workers:\n  lease: 3s\n";

  private static final String CAP = "conformance/src/test/python/cap/";
  private static final String BEAMLINE = "examples/workers/beamline_python/worker.py";

  private static final String FAULTS = "conformance/src/test/python/beamline/faults.py";

  /// What a person must approve.
  static final String HELD_TOPIC = "job.workers.held";

  private static final String POLICY =
      """
      version: "1"
      default_decision: allow
      rules:
        - {id: ask, match: {topics: [%s]}, decision: require_approval, reason: look first}
      """
          .formatted(HELD_TOPIC);

  private final Path folder;
  private final NatsServer nats;
  private final List<WorkerProgram> programs = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private ReeveProcess reeve;

  private WorkerRig(Path folder, NatsServer nats, ReeveProcess reeve) {
    this.folder = folder;
    this.nats = nats;
    this.reeve = reeve;
  }

  /// @param settings further lines of the configuration file
  static WorkerRig start(Path folder, String settings) {
    NatsServer nats = NatsServer.start();
    try {
      Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
      Path config = Files.writeString(folder.resolve("reeve.yaml"), settings);
      ReeveProcess reeve =
          ReeveProcess.up(
              folder.resolve("data"),
              "--policy",
              policy.toString(),
              "--config",
              config.toString(),
              "--nats",
              nats.uri().toString());
      return new WorkerRig(folder, nats, reeve);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NatsServer nats() {
    return nats;
  }

  ReeveProcess reeve() {
    return reeve;
  }

  /// The server dies and another one starts on its data.
  void restart() {
    reeve.kill();
    reeve = reeve.again();
  }

  private String address() {
    return "http://" + reeve.ready().http();
  }

  /// A worker of the agent protocol that is known to the server when this returns.
  WorkerProgram capWorker(String id, String... options) {
    WorkerProgram worker = launchCap(id, options);
    Await.until("worker " + id, () -> get("workers").contains("\"worker_id\":\"" + id + "\""));
    return worker;
  }

  WorkerProgram launchCap(String id, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("--nats", nats.uri().toString(), "--http", address(), "--id", id));
    arguments.addAll(List.of(options));
    return start(CAP + "worker.py", arguments);
  }

  /// A BeamLine worker of the topic that is ready.
  WorkerProgram beamlineWorker(String id) {
    List<String> arguments =
        List.of("--id", id, "--nats", nats.uri().toString(), "--topic", TOPIC, "--beat", "0.5");
    WorkerProgram worker = start(BEAMLINE, arguments);
    Await.until("worker " + id, () -> !worker.lines("ready").isEmpty());
    return worker;
  }

  /// Sends the result of an assignment again, and prints what dead letters there are.
  WorkerProgram resultAgain(String assignment, int times) {
    WorkerProgram program =
        start(
            FAULTS,
            List.of(
                "--nats", nats.uri().toString(),
                "--again", assignment,
                "--times", Integer.toString(times)));
    if (program.end() != 0) {
      throw new AssertionError(program.said());
    }
    return program;
  }

  /// Hears what is said on the bus.
  WorkerProgram listener() {
    WorkerProgram listener =
        start(CAP + "client.py", List.of("listen", "--nats", nats.uri().toString()));
    Await.until("listener", () -> !listener.lines("listening").isEmpty());
    return listener;
  }

  /// A worker of our own stream, whose command prints its input after a moment.
  WorkerProgram ownWorker(String id) {
    List<String> arguments =
        List.of(
            "worker",
            "--server",
            reeve.ready().grpc(),
            "--id",
            id,
            "--topic",
            TOPIC,
            "--json",
            "--exec",
            "sleep 0.1; cat");
    WorkerProgram worker = kept(WorkerProgram.reeve(folder, arguments));
    Await.until("worker " + id, () -> !worker.lines("connected").isEmpty());
    return worker;
  }

  private WorkerProgram start(String script, List<String> arguments) {
    return kept(WorkerProgram.python(folder, script, arguments));
  }

  private WorkerProgram kept(WorkerProgram program) {
    programs.add(program);
    return program;
  }

  /// Sends a packet and waits until it is sent.
  void packet(String what, String job, String... options) {
    List<String> arguments = new ArrayList<>(List.of(what, "--nats", nats.uri().toString()));
    arguments.addAll(List.of("--http", address(), "--job", job));
    arguments.addAll(List.of(options));
    try (WorkerProgram client = WorkerProgram.python(folder, CAP + "client.py", arguments)) {
      if (client.end() != 0) {
        throw new AssertionError(client.said());
      }
    }
  }

  /// Submits by a packet with this input.
  void submitPacket(String job, String input, String... options) {
    List<String> all = new ArrayList<>(List.of("--topic", TOPIC, "--input", input));
    all.addAll(List.of(options));
    packet("submit", job, all.toArray(String[]::new));
  }

  /// Submits by our own API with this payload.
  void submit(String id, String payload) {
    JsonObject request = new JsonObject();
    request.addProperty("job_id", id);
    request.addProperty("topic", TOPIC);
    request.addProperty(
        "payload", Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)));
    request.addProperty("content_type", "application/json");
    String answer = post("/reeve.v1.JobService/SubmitJob", request.toString());
    if (!answer.contains(id)) {
      throw new AssertionError(answer);
    }
  }

  void cancel(String id) {
    String _ = post("/api/v1/jobs/" + id + "/cancel", "");
  }

  String state(String job) {
    JsonObject found = JsonParser.parseString(get("jobs/" + job)).getAsJsonObject();
    return found.has("state") ? found.get("state").getAsString() : "";
  }

  JsonObject job(String job) {
    return JsonParser.parseString(get("jobs/" + job)).getAsJsonObject();
  }

  /// Waits for longer than the 30 s after which a broker delivers again what a killed server had
  /// taken from it.
  void awaitState(String job, String state) {
    Await.untilAsserted(
        Duration.ofMinutes(2),
        () -> assertThat(state(job)).as(() -> get("jobs/" + job)).isEqualTo(state));
  }

  /// A count of the metrics page.
  long count(String name) {
    String page = send(HttpRequest.newBuilder(URI.create(address() + "/metrics")).GET());
    return page.lines()
        .filter(line -> line.startsWith("reeve_" + name + "_total "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  String get(String path) {
    return send(HttpRequest.newBuilder(URI.create(address() + "/api/v1/" + path)).GET());
  }

  String post(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private String send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    programs.forEach(WorkerProgram::close);
    reeve.close();
    nats.close();
  }
}
