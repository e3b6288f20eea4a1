package dev.reeve.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.policy.PolicyInput;
import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Cedar, a policy engine in Rust, on the same rules and requests. Policies and entities are parsed
/// once; what counts is the time that the engine itself reports for a decision, without Python and
/// without the making of the request, and of five decisions of each request the fastest.
final class CedarPeer {
  private static final long SECONDS_MAX = 180;

  private static final String SCRIPT =
      """
      import sys, json, cedarpy
      policies = cedarpy.PolicySet.from_str(open(sys.argv[1]).read())
      entities = cedarpy.Entities.from_json_str('[]')
      micros, answers = 0, ''
      for request in json.load(open(sys.argv[2])):
          best = None
          for round in range(5):
              result = cedarpy.is_authorized(request, policies, entities)
              took = result.metrics['authz_duration_micros']
              best = took if best is None else min(best, took)
          micros += best
          answers += 'y' if result.allowed else 'n'
      print(micros / len(answers), answers)
      """;

  private CedarPeer() {}

  /// @param micros mean time of a decision, in whole microseconds cut off for each
  /// @param permits for each request, whether Cedar permits it
  record Result(double micros, List<Boolean> permits) {}

  /// Empty when the peer is not installed, or failed.
  static Optional<Result> run(SamplePolicy policy, List<PolicyInput> requests)
      throws IOException, InterruptedException {
    String python = System.getProperty("bench.cedar", "");
    if (python.isEmpty()) {
      return Optional.empty();
    }
    Path folder = TempDirs.create("bench-cedar");
    try {
      Path script = Files.writeString(folder.resolve("peer.py"), SCRIPT);
      Path rules = Files.writeString(folder.resolve("policy.cedar"), policy.cedar());
      Path questions = Files.writeString(folder.resolve("requests.json"), json(requests));
      Process peer =
          new ProcessBuilder(python, script.toString(), rules.toString(), questions.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return peer.waitFor(SECONDS_MAX, TimeUnit.SECONDS) && peer.exitValue() == 0
          ? Optional.of(result(said.strip()))
          : Optional.empty();
    } finally {
      TempDirs.delete(folder);
    }
  }

  private static Result result(String said) {
    int blank = said.indexOf(' ');
    return new Result(
        Double.parseDouble(said.substring(0, blank)),
        said.substring(blank + 1).chars().mapToObj(answer -> answer == 'y').toList());
  }

  private static String json(List<PolicyInput> requests) {
    JsonArray all = new JsonArray();
    for (PolicyInput request : requests) {
      JsonObject context = new JsonObject();
      context.addProperty("tenant", request.tenant());
      context.addProperty("topic", request.topic());
      JsonArray tags = new JsonArray();
      request.riskTags().forEach(tags::add);
      context.add("tags", tags);
      JsonObject labels = new JsonObject();
      request.labels().forEach(labels::addProperty);
      context.add("labels", labels);
      JsonObject one = new JsonObject();
      one.addProperty("principal", "Tenant::\"" + request.tenant() + "\"");
      one.addProperty("action", "Action::\"submit\"");
      one.addProperty("resource", "Topic::\"" + request.topic() + "\"");
      one.add("context", context);
      all.add(one);
    }
    return all.toString();
  }
}
