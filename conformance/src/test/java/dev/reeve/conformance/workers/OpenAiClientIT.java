package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.testing.FakeModelServer;
import dev.reeve.testing.ModelFault;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The official Python client of the OpenAI API, as people use it, against a server of ours.
class OpenAiClientIT {
  private static final String PROGRAM = "conformance/src/test/python/openai/client.py";
  private static final String KEY = "rk_allowed";
  private static final String OTHER = "rk_denied";

  private static final String POLICY =
      """
      version: "1"
      default_decision: allow
      rules:
        - {id: nothing, match: {tenants: [closed]}, decision: deny}
      """;

  @TempDir Path folder;

  @Test
  void the_official_client_chats_streams_calls_functions_and_hears_errors_in_its_classes()
      throws Exception {
    try (FakeModelServer gold = FakeModelServer.start();
        FakeModelServer tool = FakeModelServer.start();
        FakeModelServer broken = FakeModelServer.start();
        FakeModelServer busy = FakeModelServer.start();
        FakeModelServer flaky = FakeModelServer.start()) {
      gold.say("gold says hello .");
      tool.say("call weather {\"city\": \"Oslo\"}");
      broken.failAlways(new ModelFault.Status(500, "", "planned"));
      busy.failAlways(new ModelFault.Status(429, "7", "rate_limit_exceeded"));
      flaky.fail(new ModelFault.Status(503, "", "planned"));
      String providers =
          entry("gold", gold, "m")
              + entry("tool", tool, "tool")
              + entry("broken", broken, "broken")
              + entry("busy", busy, "busy")
              + entry("flaky", flaky, "flaky");
      Path keys =
          Files.writeString(folder.resolve("keys.yaml"), key(KEY, "open") + key(OTHER, "closed"));
      Path config =
          Files.writeString(
              folder.resolve("reeve.yaml"),
              "providers:\n" + providers + "identity: {keys: \"" + keys + "\"}\n");
      try (ReeveProcess server = server(config);
          WorkerProgram client =
              WorkerProgram.python(
                  folder,
                  PROGRAM,
                  List.of(
                      "--base", "http://" + server.ready().http() + "/v1",
                      "--key", KEY,
                      "--other-key", OTHER))) {
        int status = client.end();

        assertThat(status).as(client.said()).isZero();
        assertThat(client.lines("checks hold")).hasSize(1);
        assertThat(flaky.received()).hasSize(2);
        assertThat(tool.received().getFirst().body()).contains("\"weather\"");
      }
    }
  }

  private ReeveProcess server(Path config) throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    return ReeveProcess.up(
        folder.resolve("data"),
        "--http-port",
        "0",
        "--config",
        config.toString(),
        "--policy",
        policy.toString());
  }

  private static String entry(String id, FakeModelServer at, String model) {
    return "  - {id: "
        + id
        + ", kind: openai, base_url: \""
        + at.baseUrl()
        + "\", models: ["
        + model
        + "]}\n";
  }

  private static String key(String key, String tenant) {
    return "- {\"name\":\""
        + tenant
        + "\",\"principal\":\"ann\",\"role\":\"user\",\"sha256\":\""
        + Sha256.of(Bytes.utf8(key)).hex()
        + "\",\"tenant\":\""
        + tenant
        + "\"}\n";
  }
}
