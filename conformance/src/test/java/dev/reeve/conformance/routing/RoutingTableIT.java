package dev.reeve.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rows of the routing table that can be asked of a running server: the same decisions as in
/// the batch command, over gRPC and over a real broker in every form. One server has the policies
/// of all groups, under names of their own; a group has tenants of its own for each way it is
/// asked, so that none has the sessions of another.
final class RoutingTableIT {
  /// What is asked by groups.
  private static final List<String> QUESTIONS =
      List.of(
          "backoff",
          "breakers",
          "conditions",
          "constraints",
          "examples",
          "extensions",
          "fallbacks",
          "quotas",
          "rate-limits",
          "rules",
          "sticky",
          "strategies",
          "weights");

  /// Of a status alone one cannot tell one of these from another.
  private static final List<String> LIMITS =
      List.of("quota_exceeded", "budget_exceeded", "rate_limit_exceeded");

  private static final RequestForm FORM = RequestForm.ROUTE_REQUEST;

  @TempDir Path folder;

  @Test
  void a_server_decides_what_the_command_decides() throws IOException {
    Map<String, RoutingGroup> questions = questions();
    Path policies = Files.createDirectory(folder.resolve("policies"));
    questions.forEach((prefix, group) -> write(policies, prefix, group));
    Path config = folder.resolve("reeve.yaml");
    Files.writeString(config, "routing:\n  policies: \"" + policies + "\"\n");
    List<String> deviations = new ArrayList<>();

    try (ReeveProcess server =
            ReeveProcess.up(folder.resolve("data"), "--config", config.toString());
        GrpcRouter router = new GrpcRouter(server.ready().grpc())) {
      questions.forEach((prefix, group) -> ask(prefix, group, router, deviations));
    }

    assertThat(deviations).isEmpty();
  }

  private static void ask(
      String prefix, RoutingGroup group, GrpcRouter router, List<String> deviations) {
    Map<String, JsonObject> answers = new HashMap<>();
    int number = 0;
    for (RoutingRow row : group.rows()) {
      if (!FORM.canAsk(row)) {
        continue;
      }
      RoutingRow own = own(row, prefix);
      AskedRow asked = new AskedRow(own, FORM, number++);
      long start = System.nanoTime();
      long pauseNanos = Duration.ofMillis(row.pauseMillis()).toNanos();
      Await.until("the time of a line", () -> System.nanoTime() - start >= pauseNanos);
      JsonObject answer = router.ask(FORM.line(own, number - 1));
      answers.put(row.id(), answer);
      try {
        asked.check(answer, answers);
      } catch (AssertionError e) {
        deviations.add(e.getMessage());
      }
    }
  }

  /// The row with names that no other group has, and with what a status can say of its error.
  private static RoutingRow own(RoutingRow row, String prefix) {
    JsonObject own = row.row().deepCopy();
    JsonObject ask = own.getAsJsonObject("ask");
    String tenant = ask.has("tenant") ? ask.get("tenant").getAsString() : "acme";
    String policy = ask.has("policy_id") ? ask.get("policy_id").getAsString() : "default";
    ask.addProperty("tenant", prefix + tenant);
    ask.addProperty("policy_id", prefix + policy);
    JsonElement error = own.getAsJsonObject("want").get("error");
    if (error != null) {
      JsonObject any = new JsonObject();
      if (error.isJsonPrimitive()) {
        boolean isLimit = LIMITS.contains(error.getAsString());
        any.addProperty("code", isLimit ? "rate_limit_exceeded" : error.getAsString());
      }
      own.getAsJsonObject("want").add("error", any);
    }
    return new RoutingRow(row.id(), row.contract(), row.why(), own);
  }

  private static Map<String, RoutingGroup> questions() {
    Map<String, RoutingGroup> groups = new TreeMap<>();
    for (String file : QUESTIONS) {
      int number = 0;
      for (RoutingGroup group : RoutingTable.read(file)) {
        boolean isAboutTenants = group.policies().toString().contains("\"acme\"");
        if (!group.isLines() && group.forms().contains(FORM) && !isAboutTenants) {
          groups.put(file + number + "-", group);
        }
        number++;
      }
    }
    return groups;
  }

  private static void write(Path folder, String prefix, RoutingGroup group) {
    for (var policy : group.policies().entrySet()) {
      try {
        Files.writeString(
            folder.resolve(prefix + policy.getKey() + ".json"),
            RoutingTable.json(policy.getValue()));
      } catch (IOException e) {
        throw new IllegalStateException(prefix + policy.getKey(), e);
      }
    }
  }
}
