package dev.reeve.conformance.beamline;

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

/// A broker, a server on it, and workers. Everything ends with it.
final class WorkerRig implements AutoCloseable {
  static final String TOPIC = "job.beam.test";

  private static final String POLICY = "version: \"1\"\ndefault_decision: allow\nrules: []\n";
  private static final String SETTINGS = "workers:\n  lease: 3s\n";

  private final Path folder;
  private final NatsServer nats;
  private final List<WorkerProgram> workers = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private ReeveProcess reeve;

  private WorkerRig(Path folder, NatsServer nats, ReeveProcess reeve) {
    this.folder = folder;
    this.nats = nats;
    this.reeve = reeve;
  }

  static WorkerRig start(Path folder) {
    NatsServer nats = NatsServer.start();
    try {
      Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
      Path config = Files.writeString(folder.resolve("reeve.yaml"), SETTINGS);
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

  /// The server dies and another one starts on its data.
  void restart() {
    reeve.kill();
    reeve = reeve.again();
  }

  /// A worker that is ready.
  WorkerProgram worker(String id) {
    WorkerProgram worker =
        WorkerProgram.start(
            folder,
            id,
            List.of("--nats", nats.uri().toString(), "--topic", TOPIC, "--beat", "0.5"));
    workers.add(worker);
    Await.until("worker " + id, () -> !worker.lines("ready").isEmpty());
    return worker;
  }

  void submit(String id, String payload) {
    String bytes = Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    JsonObject request = new JsonObject();
    request.addProperty("job_id", id);
    request.addProperty("topic", TOPIC);
    request.addProperty("payload", bytes);
    request.addProperty("content_type", "application/json");
    call("SubmitJob", request);
  }

  void cancel(String id) {
    call("CancelJob", named(id));
  }

  JsonObject job(String id) {
    return call("GetJob", named(id)).getAsJsonObject("job");
  }

  private static JsonObject named(String id) {
    JsonObject request = new JsonObject();
    request.addProperty("job_id", id);
    return request;
  }

  void awaitState(String id, String state) {
    Await.until(
        "job " + id + " " + state,
        Duration.ofSeconds(40),
        () -> job(id).get("state").getAsString().equals("JOB_STATE_" + state));
  }

  /// A count of the metrics page.
  long count(String name) {
    String page = send(HttpRequest.newBuilder(URI.create(address() + "/metrics")).GET());
    return page.lines()
        .filter(line -> line.startsWith("reeve_beamline_" + name + "_total "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  private JsonObject call(String method, JsonObject request) {
    String url = address() + "/reeve.v1.JobService/" + method;
    String answer =
        send(
            HttpRequest.newBuilder(URI.create(url))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request.toString())));
    return JsonParser.parseString(answer).getAsJsonObject();
  }

  private String address() {
    return "http://" + reeve.ready().http();
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
    workers.forEach(WorkerProgram::close);
    reeve.close();
    nats.close();
  }
}
