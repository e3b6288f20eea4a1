package dev.reeve.conformance.parity;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.testing.Await;
import dev.reeve.testing.ReadyLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sends requests of the table, and reads what became of them. Thread-safe.
final class ParityCall {
  private static final List<String> RUNNING =
      List.of("PENDING", "QUEUED", "EXECUTING", "REVIEWING");

  /// The one topic whose jobs run by themselves.
  private static final String ECHO = "job.echo";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;
  private final ParityClient grpc;

  ParityCall(ReadyLine server, ParityClient grpc) {
    address = server.http();
    this.grpc = grpc;
  }

  /// What became of a request.
  ///
  /// @param reason words for people
  record Verdict(String verdict, String rule, String reason) {}

  Verdict send(Via via, ParityCase request, int number) {
    String jobId = "parity-" + via + "-" + number;
    String message = via.request(request, jobId);
    Map<String, String> headers = via.headers(request);
    Optional<JsonObject> answer =
        via == Via.REEVE_JSON
            ? Optional.of(post("reeve.v1.JobService/SubmitJob", message, headers))
            : grpc.submit(via, message, headers, ends(via, request));
    if (answer.isEmpty()) {
      return ending(request, jobId);
    }
    return answer.get().has("code")
        ? refusal(request, answer.get())
        : ending(request, jobId(answer.get()));
  }

  private static boolean ends(Via via, ParityCase request) {
    return request.topic().equals(ECHO) && !request.expected(via).verdict().equals("held");
  }

  private static String jobId(JsonObject answer) {
    JsonObject holder = answer.has("job") ? answer.getAsJsonObject("job") : answer;
    return holder.get("job_id").getAsString();
  }

  private Verdict refusal(ParityCase request, JsonObject problem) {
    String reason = problem.get("reason").getAsString();
    JsonObject facts =
        problem.has("metadata") ? problem.getAsJsonObject("metadata") : new JsonObject();
    if (facts.has("job_id") && facts.has("policy_snapshot")) {
      return ending(request, facts.get("job_id").getAsString());
    }
    String words = problem.get("detail").getAsString();
    if (facts.has("rule_id") && problem.get("code").getAsString().equals("RESOURCE_EXHAUSTED")) {
      return new Verdict("throttled", facts.get("rule_id").getAsString(), words);
    }
    return new Verdict("refused", reason, reason);
  }

  private Verdict ending(ParityCase request, String jobId) {
    Map<String, String> headers =
        request.tenant().isEmpty() ? Map.of() : Map.of("x-tenant-id", request.tenant());
    String question = "{\"job_id\":\"" + jobId + "\"}";
    JsonObject[] last = new JsonObject[1];
    Await.until(
        "the end of " + jobId,
        () -> {
          last[0] = post("reeve.v1.JobService/GetJob", question, headers);
          return last[0].has("job") && !isOnItsWay(last[0].getAsJsonObject("job"));
        });
    JsonObject job = last[0].getAsJsonObject("job");
    JsonObject policy = job.getAsJsonObject("policy");
    String rule = text(policy, "rule_id");
    String reason = text(policy, "reason");
    return switch (text(job, "state").replace("JOB_STATE_", "")) {
      case "AWAITING_APPROVAL" -> new Verdict("held", rule, reason);
      case "DENIED" -> new Verdict("denied", rule, reason);
      case "QUARANTINED" -> {
        String code = text(job.getAsJsonObject("error"), "code");
        yield new Verdict("withheld", code, code);
      }
      default -> new Verdict("allowed", rule, reason);
    };
  }

  /// Whether it runs and may still end otherwise; where nobody takes it, it waits for ever.
  private static boolean isOnItsWay(JsonObject job) {
    return RUNNING.contains(text(job, "state").replace("JOB_STATE_", ""))
        && text(job, "topic").equals(ECHO);
  }

  private static String text(JsonObject object, String member) {
    return object.has(member) ? object.get(member).getAsString() : "";
  }

  private JsonObject post(String method, String message, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/" + method))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(message));
    headers.forEach(request::header);
    try {
      return JsonParser.parseString(
              http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body())
          .getAsJsonObject();
    } catch (IOException e) {
      throw new IllegalStateException(method, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method, e);
    }
  }
}
