package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
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
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs whose shots are split over nodes, which are processes of their own; one dies in the middle.
class NodesIT {
  private static final String POLICY = "version: \"1\"\ndefault_decision: allow\nrules: []\n";
  private static final Duration START_MAX = Duration.ofSeconds(40);
  private static final Duration JOB_MAX = Duration.ofSeconds(90);

  /// Draws on its way, so that every shot is simulated for itself and shards take a while.
  private static final String DRAWING = drawing();

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void a_job_outlives_a_node_and_has_the_counts_that_one_machine_gives() throws Exception {
    Path key = Files.writeString(folder.resolve("node.key"), "not-a-secret-of-anybody-0123\n");
    try (WorkerProgram first = node("node:a", key);
        WorkerProgram second = node("node:b", key)) {
      Path config =
          Files.writeString(
              folder.resolve("reeve.yaml"),
              "devices:\n" + entry("node:a", first, key) + entry("node:b", second, key));
      Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
      try (ReeveProcess server =
          ReeveProcess.up(
              folder.resolve("data"),
              "--config",
              config.toString(),
              "--policy",
              policy.toString())) {
        String at = server.ready().http();
        for (String id : List.of("node:a", "node:b")) {
          Await.value(id, "DEVICE_STATUS_ONLINE", () -> device(at, id));
        }

        String job = submit(at);
        Await.until("the first node runs one", JOB_MAX, () -> !first.lines("run shard=").isEmpty());
        first.kill();
        Await.until("job " + job, JOB_MAX, () -> state(at, job).equals("JOB_STATE_DONE"));
        JsonObject split = results(at, job);

        JsonArray shards = plan(split);
        List<String> seeds = new ArrayList<>();
        for (JsonElement shard : shards) {
          seeds.add(shard.getAsJsonObject().get("seed").getAsString());
        }
        assertThat(seeds).hasSize(32).doesNotHaveDuplicates().startsWith("11", "12");
        assertThat(ranBy(shards)).contains("node:b").isSubsetOf("node:a", "node:b", "sim:local");
        assertThat(second.lines("ran shard=" + job)).isNotEmpty();
        assertThat(lost(shards))
            .isNotEmpty()
            .allSatisfy(loss -> {
              assertThat(loss.get("backend_id").getAsString()).isEqualTo("node:a");
              assertThat(loss.get("attempt").getAsInt()).isEqualTo(1);
            });
        assertThat(split.getAsJsonObject("metadata").get("distributed.merge_reason").getAsString())
            .isEqualTo("AllShardsMerged");
        assertThat(total(split)).isEqualTo(3_200);

        second.kill();
        Await.value("node:b", "DEVICE_STATUS_OFFLINE", () -> device(at, "node:b"));
        String alone = submit(at);
        Await.until("job " + alone, JOB_MAX, () -> state(at, alone).equals("JOB_STATE_DONE"));
        JsonObject here = results(at, alone);

        assertThat(ranBy(plan(here))).containsExactly("sim:local");
        assertThat(split.getAsJsonObject("counts")).isEqualTo(here.getAsJsonObject("counts"));
      }
    }
  }

  private WorkerProgram node(String id, Path key) {
    WorkerProgram node =
        WorkerProgram.reeve(
            folder, List.of("node", "--id", id, "--port", "0", "--key-file", key.toString()));
    Await.until("node " + id, START_MAX, () -> !node.lines("reeve node ready").isEmpty());
    return node;
  }

  private static String entry(String id, WorkerProgram node, Path key) {
    String line = node.lines("reeve node ready").getFirst();
    return "  \"%s\": {kind: driver, address: \"%s\", key_file: \"%s\"}\n"
        .formatted(id, line.substring(line.indexOf("grpc=") + 5).strip(), key);
  }

  /// Layers of turns with measurements between them.
  private static String drawing() {
    StringBuilder program =
        new StringBuilder(
            "OPENQASM 3.0; include \"stdgates.inc\"; qubit[13] q; bit[13] c; bit[6] d;\n");
    for (int layer = 0; layer < 6; layer++) {
      for (int qubit = 0; qubit < 13; qubit++) {
        program.append("ry(0.%d1) q[%d]; ".formatted(layer + 1, qubit));
        program.append("cx q[%d], q[%d];\n".formatted(qubit, (qubit + 1) % 13));
      }
      program.append(
          "d[%d] = measure q[%d]; if (d[%d]) { x q[0]; }\n".formatted(layer, layer, layer));
    }
    return program.append("c = measure q;").toString();
  }

  private static JsonArray plan(JsonObject results) {
    String plan = results.getAsJsonObject("metadata").get("distributed.split_plan").getAsString();
    return JsonParser.parseString(plan).getAsJsonObject().getAsJsonArray("shard_plans");
  }

  private static SortedSet<String> ranBy(JsonArray shards) {
    SortedSet<String> names = new TreeSet<>();
    shards.forEach(one -> names.add(one.getAsJsonObject().get("backend_id").getAsString()));
    return names;
  }

  private static List<JsonObject> lost(JsonArray shards) {
    List<JsonObject> lost = new ArrayList<>();
    for (JsonElement shard : shards) {
      JsonArray losses = shard.getAsJsonObject().getAsJsonArray("lost");
      if (losses != null) {
        losses.forEach(loss -> lost.add(loss.getAsJsonObject()));
      }
    }
    return lost;
  }

  private static long total(JsonObject results) {
    return results.getAsJsonObject("counts").asMap().values().stream()
        .mapToLong(JsonElement::getAsLong)
        .sum();
  }

  private String submit(String at) {
    String source = Base64.getEncoder().encodeToString(DRAWING.getBytes(StandardCharsets.UTF_8));
    return call(
            at,
            "JobService/SubmitJob",
            """
            {"name": "split-%d", "target": "cluster:auto", "qasm": {"source": "%s"},
             "metadata": {"shots": "3200", "seed": "11"},
             "compiler_options": {"distributed.enabled": "true",
               "distributed.target": "cluster:auto", "distributed.partition_count": "32"}}\
            """
                .formatted(System.nanoTime(), source))
        .get("job_id")
        .getAsString();
  }

  private String state(String at, String job) {
    return call(at, "JobService/GetJobStatus", "{\"job_id\":\"" + job + "\"}")
        .getAsJsonObject("status")
        .get("state")
        .getAsString();
  }

  private JsonObject results(String at, String job) {
    return call(at, "JobService/GetJobResults", "{\"job_id\":\"" + job + "\"}");
  }

  private String device(String at, String id) {
    return call(at, "DeviceService/GetDeviceStatus", "{\"device_id\":\"" + id + "\"}")
        .get("status")
        .getAsString();
  }

  private JsonObject call(String at, String method, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + at + "/eigen.api.v1." + method))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return JsonParser.parseString(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .getAsJsonObject();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
