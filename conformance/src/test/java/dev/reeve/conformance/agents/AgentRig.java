package dev.reeve.conformance.agents;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A broker, a server on it, and whatever foreign programs a test starts. Everything ends with it.
final class AgentRig implements AutoCloseable {
  static final String TOPIC = "job.agents.test";

  private static final String POLICY = "version: \"1\"\ndefault_decision: allow\nrules: []\n";

  private final Path folder;
  private final NatsServer nats;
  private final List<ForeignProgram> programs = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private ReeveProcess reeve;

  private AgentRig(Path folder, NatsServer nats, ReeveProcess reeve) {
    this.folder = folder;
    this.nats = nats;
    this.reeve = reeve;
  }

  /// @param settings further lines of the configuration file
  static AgentRig start(Path folder, String settings) {
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
      return new AgentRig(folder, nats, reeve);
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

  /// A worker that is known to the server when this returns.
  ForeignProgram worker(String id, String... options) {
    ForeignProgram worker = launch(id, options);
    Await.until("worker " + id, () -> get("workers").contains("\"worker_id\":\"" + id + "\""));
    return worker;
  }

  ForeignProgram launch(String id, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("--nats", nats.uri().toString(), "--http", address(), "--id", id));
    arguments.addAll(List.of(options));
    ForeignProgram worker = ForeignProgram.start(folder, "worker", arguments);
    programs.add(worker);
    return worker;
  }

  ForeignProgram listener() {
    ForeignProgram listener =
        ForeignProgram.start(folder, "client", List.of("listen", "--nats", nats.uri().toString()));
    programs.add(listener);
    Await.until("listener", () -> !listener.lines("listening").isEmpty());
    return listener;
  }

  /// Sends a packet and waits until it is sent.
  void packet(String what, String job, String... options) {
    List<String> arguments = new ArrayList<>(List.of(what, "--nats", nats.uri().toString()));
    arguments.addAll(List.of("--http", address(), "--job", job));
    arguments.addAll(List.of(options));
    try (ForeignProgram client = ForeignProgram.start(folder, "client", arguments)) {
      if (client.end() != 0) {
        throw new AssertionError(client.said());
      }
    }
  }

  /// Submits by a packet with this input.
  void submit(String job, String input, String... options) {
    List<String> all = new ArrayList<>(List.of("--topic", TOPIC, "--input", input));
    all.addAll(List.of(options));
    packet("submit", job, all.toArray(String[]::new));
  }

  String state(String job) {
    JsonObject found = JsonParser.parseString(get("jobs/" + job)).getAsJsonObject();
    return found.has("state") ? found.get("state").getAsString() : "";
  }

  JsonObject job(String job) {
    return JsonParser.parseString(get("jobs/" + job)).getAsJsonObject();
  }

  void awaitState(String job, String state) {
    Await.until("job " + job + " " + state, Duration.ofSeconds(40), () -> state(job).equals(state));
  }

  String get(String path) {
    return send(HttpRequest.newBuilder(URI.create(address() + "/api/v1/" + path)).GET());
  }

  String post(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(address() + "/api/v1/" + path))
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
    programs.forEach(ForeignProgram::close);
    reeve.close();
    nats.close();
  }
}
