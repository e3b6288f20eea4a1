package dev.reeve.conformance.decisions;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The rows of the decision table about the start: the real server, with these files.
final class BootTableIT {
  private static final String CALL = "/mathison.MathisonService/GetJobStatus";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> every_start_ends_as_the_contract_says() {
    return TableFile.read("boot").stream()
        .flatMap(group -> group.cases().stream())
        .map(row -> DynamicTest.dynamicTest(row.id() + " " + row.why(), () -> check(row)));
  }

  private void check(DecisionCase row) throws IOException {
    Path own = Files.createDirectory(folder.resolve(row.id()));
    for (Map.Entry<String, JsonElement> file : members(row, "files").entrySet()) {
      Files.writeString(own.resolve(file.getKey()), file.getValue().getAsString());
    }
    Map<String, String> environment = new HashMap<>();
    members(row, "environment")
        .asMap()
        .forEach((name, value) -> environment.put(name, value(own, value.getAsString())));
    try (ReeveProcess server =
            ReeveProcess.up(own.resolve("data"), environment, "--http-port", "0");
        HttpClient client = HttpClient.newHttpClient()) {
      String address = "http://" + server.ready().http();
      // The first heartbeat may come after the listeners.
      Await.untilAsserted(() -> row.check(answer(client, address)));
    }
  }

  private static JsonObject members(DecisionCase row, String name) {
    return row.row().has(name) ? row.row().getAsJsonObject(name) : new JsonObject();
  }

  private static String value(Path folder, String text) {
    return text.startsWith("@") ? folder.resolve(text.substring(1)).toString() : text;
  }

  private static JsonObject answer(HttpClient client, String address) {
    HttpResponse<String> called =
        send(
            client,
            HttpRequest.newBuilder(URI.create(address + CALL))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"job_id\":\"no-such-job\"}")));
    JsonObject answer = JsonParser.parseString(called.body()).getAsJsonObject();
    answer.addProperty(
        "health",
        send(client, HttpRequest.newBuilder(URI.create(address + "/healthz"))).statusCode());
    return answer;
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
