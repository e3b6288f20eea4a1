package dev.reeve.gateway.cordum;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.reeve.base.Bytes;
import dev.reeve.base.Text;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.RestApi;
import dev.reeve.job.JobProblems;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.cordum.v1.SubmitJobRequest;
import dev.reeve.wire.cordum.v1.SubmitJobResponse;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.CapServiceGrpc;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListPoolsRequest;
import dev.reeve.wire.reeve.v1.ListTopicsRequest;
import dev.reeve.wire.reeve.v1.ListWorkersRequest;
import dev.reeve.wire.reeve.v1.Pool;
import dev.reeve.wire.reeve.v1.PoolServiceGrpc;
import dev.reeve.wire.reeve.v1.PoolStatus;
import dev.reeve.wire.reeve.v1.ReadMemoryRequest;
import dev.reeve.wire.reeve.v1.ReadMemoryResponse;
import dev.reeve.wire.reeve.v1.SetPoolStatusRequest;
import dev.reeve.wire.reeve.v1.Topic;
import dev.reeve.wire.reeve.v1.Worker;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import dev.reeve.wire.reeve.v1.WriteMemoryRequest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The paths of the contract under `/api/v1/` (section 7) that workers and their operators need:
/// jobs, workers, pools, topics, and the bytes behind pointers.
final class CordumRest implements RestApi {
  private static final String POINTER = "redis://";

  @Override
  public String prefix() {
    return "/api/v1/";
  }

  @Override
  public Map<String, String> methods() {
    return Map.of(
        "/api/v1/jobs", CordumApiGrpc.getSubmitJobMethod().getFullMethodName(),
        "/api/v1/workers", WorkerServiceGrpc.getListWorkersMethod().getFullMethodName(),
        "/api/v1/pools", PoolServiceGrpc.getListPoolsMethod().getFullMethodName(),
        "/api/v1/topics", PoolServiceGrpc.getListTopicsMethod().getFullMethodName(),
        "/api/v1/memory", CapServiceGrpc.getReadMemoryMethod().getFullMethodName(),
        "/api/v1/artifacts", CapServiceGrpc.getWriteMemoryMethod().getFullMethodName());
  }

  @Override
  public CompletableFuture<Answer> serve(Request request, Calls calls) {
    String[] parts = request.path().split("/", -1);
    String last = parts.length == 3 ? "/" + parts[2] : "";
    String what = request.method() + " " + parts[0] + "/" + parts.length + last;
    return switch (what) {
      case "POST jobs/1" -> submit(request, calls);
      case "GET jobs/1" -> list(request, calls);
      case "GET jobs/2" -> job(parts[1], calls);
      case "POST jobs/3/cancel" -> cancel(parts[1], calls);
      case "GET workers/1" -> workers(calls);
      case "GET workers/2" -> worker(parts[1], calls);
      case "GET pools/1" -> pools(calls);
      case "GET pools/2" -> pool(parts[1], calls);
      case "POST pools/3/drain" -> drain(parts[1], request, calls);
      case "POST pools/3/activate" ->
          setStatus(parts[1], PoolStatus.POOL_STATUS_ACTIVE, request, calls);
      case "GET topics/1" -> topics(calls);
      case "GET memory/1" -> readMemory(request, calls);
      case "PUT memory/1", "POST memory/1" -> writeMemory(request, calls);
      case "POST artifacts/1" -> artifact(request, calls);
      default -> CompletableFuture.completedFuture(unknown(request));
    };
  }

  @Override
  public Answer refusal(com.google.rpc.Status status, int httpStatus) {
    return RestErrors.answer(status, httpStatus);
  }

  private static Answer unknown(Request request) {
    return RestErrors.answer(
        GatewayProblems.ROUTE_NOT_FOUND.because(
            request.method()
                + " "
                + Text.quoteForMessage("/api/v1/" + request.path())
                + " (expected: a path that this version serves)"),
        404);
  }

  private static CompletableFuture<Answer> submit(Request request, Calls calls) {
    JsonObject body = object(request.body());
    SubmitJobRequest.Builder job = RestSubmit.read(body);
    if (job.getIdempotencyKey().isEmpty()) {
      String given = request.idempotencyKey();
      job.setIdempotencyKey(given.isEmpty() ? request.parameter("idempotency_key") : given);
    }
    return calls
        .call(CordumApiGrpc.getSubmitJobMethod(), job.build())
        .thenApply(CordumRest::submitted);
  }

  private static Answer submitted(SubmitJobResponse response) {
    JsonObject out = new JsonObject();
    out.addProperty("job_id", response.getJobId());
    out.addProperty("trace_id", response.getTraceId());
    if (response.getStatus().equals("approval_required")) {
      out.addProperty("status", response.getStatus());
      out.addProperty("reason", response.getReason());
    }
    return Answer.json(200, out.toString());
  }

  private static CompletableFuture<Answer> job(String id, Calls calls) {
    return calls
        .call(JobServiceGrpc.getGetJobMethod(), GetJobRequest.newBuilder().setJobId(id).build())
        .thenCompose(found -> {
          JsonObject out = RestJobs.whole(found.getJob());
          return found.getJob().getState() == JobState.JOB_STATE_COMPLETED
              ? result(id, out, calls)
              : CompletableFuture.completedFuture(Answer.json(200, out.toString()));
        });
  }

  private static CompletableFuture<Answer> result(String id, JsonObject out, Calls calls) {
    return calls
        .call(
            CapServiceGrpc.getReadMemoryMethod(),
            ReadMemoryRequest.newBuilder().setPtr("redis://res:" + id).build())
        .thenApply(read -> {
          RestJobs.addResult(out, read);
          return Answer.json(200, out.toString());
        });
  }

  private static CompletableFuture<Answer> cancel(String id, Calls calls) {
    return calls
        .call(
            JobServiceGrpc.getCancelJobMethod(), CancelJobRequest.newBuilder().setJobId(id).build())
        .thenApply(response -> {
          String state = RestJobs.state(response.getJob());
          boolean over = !response.getAccepted() && !state.equals("CANCELLED");
          if (over) {
            return RestErrors.answer(
                JobProblems.JOB_ALREADY_FINISHED.because("job is " + state), 409);
          }
          JsonObject out = new JsonObject();
          out.addProperty("id", id);
          out.addProperty("state", state);
          return Answer.json(200, out.toString());
        });
  }

  private static CompletableFuture<Answer> list(Request request, Calls calls) {
    ListJobsRequest.Builder list =
        RestJobs.list(request.parameter("state"))
            .setTopic(request.parameter("topic"))
            .setTenant(request.parameter("tenant"))
            .setPageToken(request.parameter("cursor"));
    String limit = request.parameter("limit");
    if (!limit.isEmpty()) {
      list.setPageSize(limit(limit));
    }
    return calls
        .call(JobServiceGrpc.getListJobsMethod(), list.build())
        .thenApply(page -> {
          JsonArray items = new JsonArray();
          page.getJobsList().forEach(job -> items.add(RestJobs.brief(job)));
          JsonObject out = new JsonObject();
          out.add("items", items);
          if (!page.getNextPageToken().isEmpty()) {
            out.addProperty("next_cursor", page.getNextPageToken());
          }
          return Answer.json(200, out.toString());
        });
  }

  private static int limit(String text) {
    boolean digits = text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw GatewayProblems.REQUEST_INVALID.field("limit", text, "1 to 1000").toException();
    }
    return Integer.parseInt(text);
  }

  private static CompletableFuture<Answer> workers(Calls calls) {
    return calls
        .call(WorkerServiceGrpc.getListWorkersMethod(), ListWorkersRequest.getDefaultInstance())
        .thenApply(found -> {
          JsonArray out = new JsonArray();
          found.getWorkersList().forEach(worker -> out.add(worker(worker)));
          return Answer.json(200, out.toString());
        });
  }

  private static CompletableFuture<Answer> worker(String id, Calls calls) {
    return calls
        .call(WorkerServiceGrpc.getListWorkersMethod(), ListWorkersRequest.getDefaultInstance())
        .thenApply(found ->
            found.getWorkersList().stream()
                .filter(worker -> worker.getWorkerId().equals(id))
                .findFirst()
                .map(worker -> Answer.json(200, worker(worker).toString()))
                .orElseGet(() -> missing("worker", id)));
  }

  private static JsonObject worker(Worker worker) {
    JsonObject out = new JsonObject();
    out.addProperty("worker_id", worker.getWorkerId());
    out.addProperty("type", worker.getFamily());
    out.addProperty("pool", worker.getPool());
    out.addProperty("active_jobs", worker.getRunning());
    out.addProperty("max_parallel_jobs", worker.getMaxParallel());
    out.add("capabilities", texts(worker.getCapabilitiesList()));
    out.add("topics", texts(worker.getTopicsList()));
    JsonObject labels = new JsonObject();
    worker.getLabelsMap().forEach(labels::addProperty);
    out.add("labels", labels);
    out.addProperty("agent_name", worker.getName());
    out.addProperty("load", worker.getLoad());
    out.addProperty("last_seen_at", Timestamps.toString(worker.getLastSeenAt()));
    return out;
  }

  private static CompletableFuture<Answer> pools(Calls calls) {
    return calls
        .call(PoolServiceGrpc.getListPoolsMethod(), ListPoolsRequest.getDefaultInstance())
        .thenApply(found -> items(found.getPoolsList().stream().map(CordumRest::pool).toList()));
  }

  private static CompletableFuture<Answer> pool(String name, Calls calls) {
    return calls
        .call(PoolServiceGrpc.getListPoolsMethod(), ListPoolsRequest.getDefaultInstance())
        .thenApply(found ->
            found.getPoolsList().stream()
                .filter(pool -> pool.getName().equals(name))
                .findFirst()
                .map(pool -> Answer.json(200, pool(pool).toString()))
                .orElseGet(() -> missing("pool", name)));
  }

  private static CompletableFuture<Answer> drain(String name, Request request, Calls calls) {
    return setStatus(name, PoolStatus.POOL_STATUS_DRAINING, request, calls);
  }

  private static CompletableFuture<Answer> setStatus(
      String name, PoolStatus status, Request request, Calls calls) {
    SetPoolStatusRequest.Builder wish =
        SetPoolStatusRequest.newBuilder().setName(name).setStatus(status);
    if (!request.body().isEmpty()) {
      JsonObject body = object(request.body());
      if (body.get("reason") instanceof JsonPrimitive text && text.isString()) {
        wish.setReason(text.getAsString());
      }
      if (body.has("timeout_seconds")) {
        wish.setDrainTimeout(Durations.fromSeconds(seconds(body.get("timeout_seconds"))));
      }
    }
    return calls
        .call(PoolServiceGrpc.getSetPoolStatusMethod(), wish.build())
        .thenApply(set -> Answer.json(200, pool(set.getPool()).toString()));
  }

  /// Whatever is no whole number of seconds is as wrong as none.
  private static long seconds(JsonElement given) {
    boolean whole =
        given instanceof JsonPrimitive number
            && number.isNumber()
            && number.getAsString().matches("\\d{1,9}");
    return whole ? given.getAsLong() : 0;
  }

  private static JsonObject pool(Pool pool) {
    JsonObject out = new JsonObject();
    out.addProperty("name", pool.getName());
    String status = pool.getStatus().name();
    out.addProperty("status", status.substring("POOL_STATUS_".length()).toLowerCase(Locale.ROOT));
    out.add("requires", texts(pool.getRequiresList()));
    out.addProperty("description", pool.getDescription());
    out.add("topics", texts(pool.getTopicsList()));
    out.addProperty("workers", pool.getWorkers());
    out.addProperty("active_jobs", pool.getRunning());
    if (pool.hasDrainStartedAt()) {
      out.addProperty("drain_started_at", Timestamps.toString(pool.getDrainStartedAt()));
      out.addProperty("drain_timeout_seconds", pool.getDrainTimeout().getSeconds());
    }
    if (!pool.getReason().isEmpty()) {
      out.addProperty("reason", pool.getReason());
    }
    return out;
  }

  private static CompletableFuture<Answer> topics(Calls calls) {
    return calls
        .call(PoolServiceGrpc.getListTopicsMethod(), ListTopicsRequest.getDefaultInstance())
        .thenApply(found -> items(found.getTopicsList().stream().map(CordumRest::topic).toList()));
  }

  private static JsonObject topic(Topic topic) {
    JsonObject out = new JsonObject();
    out.addProperty("name", topic.getName());
    out.addProperty("pool", topic.getPoolsCount() == 0 ? "" : topic.getPools(0));
    out.add("pools", texts(topic.getPoolsList()));
    out.addProperty("status", topic.getWorkers() > 0 ? "active" : "no_workers");
    out.addProperty("workers", topic.getWorkers());
    out.addProperty("waiting", topic.getWaiting());
    return out;
  }

  private static CompletableFuture<Answer> readMemory(Request request, Calls calls) {
    String pointer = pointer(request);
    return calls
        .call(
            CapServiceGrpc.getReadMemoryMethod(),
            ReadMemoryRequest.newBuilder().setPtr(pointer).build())
        .thenApply(read ->
            request.accept().equals("application/octet-stream")
                ? new Answer(
                    200, request.accept(), Bytes.wrap(read.getContent().toByteArray()), Map.of())
                : Answer.json(200, memory(pointer, read).toString()));
  }

  private static JsonObject memory(String pointer, ReadMemoryResponse read) {
    JsonObject out = new JsonObject();
    out.addProperty("pointer", pointer);
    out.addProperty("key", pointer.substring(POINTER.length()));
    out.addProperty("size_bytes", read.getContent().size());
    out.addProperty("base64", Base64.getEncoder().encodeToString(read.getContent().toByteArray()));
    RestJobs.addViews(out, read);
    return out;
  }

  private static CompletableFuture<Answer> writeMemory(Request request, Calls calls) {
    return write(pointer(request), request.body(), calls)
        .thenApply(out -> Answer.json(200, out.toString()));
  }

  private static CompletableFuture<Answer> artifact(Request request, Calls calls) {
    JsonObject body = object(request.body());
    Bytes content = artifactContent(body);
    String pointer = "redis://art:" + UUID.randomUUID();
    return write(pointer, content, calls)
        .thenApply(_ -> {
          JsonObject out = new JsonObject();
          out.addProperty("artifact_ptr", pointer);
          out.addProperty("size_bytes", content.size());
          return Answer.json(200, out.toString());
        });
  }

  private static Bytes artifactContent(JsonObject body) {
    JsonElement encoded = body.get("content_base64");
    if (encoded instanceof JsonPrimitive text && text.isString()) {
      try {
        return Bytes.wrap(Base64.getDecoder().decode(text.getAsString()));
      } catch (IllegalArgumentException e) {
        throw GatewayProblems.REQUEST_INVALID
            .field("content_base64", text.getAsString(), "Base64")
            .toException();
      }
    }
    if (body.get("content") instanceof JsonPrimitive text && text.isString()) {
      return Bytes.utf8(text.getAsString());
    }
    throw GatewayProblems.REQUEST_INVALID
        .field("content_base64", "", "Base64, or text in content")
        .toException();
  }

  private static CompletableFuture<JsonObject> write(String pointer, Bytes content, Calls calls) {
    return calls
        .call(
            CapServiceGrpc.getWriteMemoryMethod(),
            WriteMemoryRequest.newBuilder()
                .setPtr(pointer)
                .setContent(ByteString.copyFrom(content.unsafeArray()))
                .build())
        .thenApply(written -> {
          JsonObject out = new JsonObject();
          out.addProperty("pointer", written.getPtr());
          out.addProperty("size_bytes", written.getSizeBytes());
          out.addProperty("sha256", written.getSha256());
          return out;
        });
  }

  /// `ptr` with the scheme, or `key` without.
  private static String pointer(Request request) {
    String given = request.parameter("ptr");
    String pointer = given.isEmpty() ? request.parameter("key") : given;
    return pointer.startsWith(POINTER) ? pointer : POINTER + pointer;
  }

  private static JsonObject object(Bytes body) {
    try {
      return JsonParser.parseString(body.utf8()).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw GatewayProblems.JSON_INVALID.field("body", "", "a JSON object").toException();
    }
  }

  private static Answer items(List<JsonObject> items) {
    JsonArray array = new JsonArray();
    items.forEach(array::add);
    JsonObject out = new JsonObject();
    out.add("items", array);
    return Answer.json(200, out.toString());
  }

  private static JsonArray texts(List<String> values) {
    JsonArray out = new JsonArray();
    values.forEach(out::add);
    return out;
  }

  private static Answer missing(String what, String name) {
    return RestErrors.answer(
        GatewayProblems.ROUTE_NOT_FOUND.field(what, name, "one that is connected or set up"), 404);
  }
}
