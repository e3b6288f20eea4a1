package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device whose driver is a Python program of its own, which dies in the middle of a run.
class DriverIT {
  private static final String DRIVER = "examples/drivers/reference_python/driver.py";
  private static final String BELL =
      "OPENQASM 3.0; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1];"
          + " c = measure q;";
  private static final String POLICY = "version: \"1\"\ndefault_decision: allow\nrules: []\n";

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void a_job_outlives_the_driver_that_ran_it() throws Exception {
    int port = freePort();
    Path config = folder.resolve("reeve.yaml");
    Files.writeString(
        config,
        "devices: {\"ref:line\": {kind: driver, address: \"127.0.0.1:%d\"}}\n".formatted(port));
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    WorkerProgram driver = driver(port, 3_600);
    try (ReeveProcess server =
        ReeveProcess.up(
            folder.resolve("data"), "--config", config.toString(), "--policy", policy.toString())) {
      String at = server.ready().http();
      Await.value("device", "DEVICE_STATUS_ONLINE", () -> device(at));

      String job = submit(at);
      Await.value("state", "JOB_STATE_RUNNING", () -> state(at, job));
      Await.until("the driver runs it", () -> !driver.lines("\"run\"", job).isEmpty());
      driver.kill();

      Await.value("device", "DEVICE_STATUS_OFFLINE", () -> device(at));
      Await.value("state", "JOB_STATE_QUEUED", () -> state(at, job));
      assertThat(get(at, "/healthz"))
          .contains("degraded", "device ref:line, driver at 127.0.0.1:" + port + ": UNAVAILABLE");

      try (WorkerProgram again = driver(port, 0)) {
        Await.value("state", "JOB_STATE_DONE", () -> state(at, job));
        JsonObject results = call(at, "JobService/GetJobResults", "{\"job_id\":\"" + job + "\"}");
        JsonObject metadata = results.getAsJsonObject("metadata");
        assertThat(results.getAsJsonObject("counts").keySet()).containsExactly("00", "11");
        assertThat(metadata.get("attempt").getAsString()).isEqualTo("2");
        assertThat(metadata.get("driver").getAsString()).isEqualTo("reference_python");
        assertThat(again.lines("\"ran\"", job)).hasSize(1);
      }
    } finally {
      driver.close();
    }
  }

  private WorkerProgram driver(int port, int paceSeconds) {
    WorkerProgram driver =
        WorkerProgram.python(
            folder,
            DRIVER,
            List.of("--port", String.valueOf(port), "--pace", String.valueOf(paceSeconds)));
    Await.until("the driver is ready", () -> !driver.lines("\"ready\"").isEmpty());
    return driver;
  }

  private String submit(String at) {
    String source = Base64.getEncoder().encodeToString(BELL.getBytes(StandardCharsets.UTF_8));
    return call(
            at,
            "JobService/SubmitJob",
            """
            {"name": "bell", "target": "ref:line", "qasm": {"source": "%s"},
             "metadata": {"shots": "200", "seed": "5"}}\
            """
                .formatted(source))
        .get("job_id")
        .getAsString();
  }

  private String state(String at, String job) {
    return call(at, "JobService/GetJobStatus", "{\"job_id\":\"" + job + "\"}")
        .getAsJsonObject("status")
        .get("state")
        .getAsString();
  }

  private String device(String at) {
    return call(at, "DeviceService/GetDeviceStatus", "{\"device_id\":\"ref:line\"}")
        .get("status")
        .getAsString();
  }

  private JsonObject call(String at, String method, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + at + "/eigen.api.v1." + method))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JsonParser.parseString(sent(request)).getAsJsonObject();
  }

  private String get(String at, String path) {
    return sent(HttpRequest.newBuilder(URI.create("http://" + at + path)).build());
  }

  private String sent(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
