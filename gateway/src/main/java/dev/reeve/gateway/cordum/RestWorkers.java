package dev.reeve.gateway.cordum;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.RestApi.Answer;
import dev.reeve.wire.reeve.v1.ListPoolsRequest;
import dev.reeve.wire.reeve.v1.ListTopicsRequest;
import dev.reeve.wire.reeve.v1.ListWorkersRequest;
import dev.reeve.wire.reeve.v1.Pool;
import dev.reeve.wire.reeve.v1.PoolServiceGrpc;
import dev.reeve.wire.reeve.v1.PoolStatus;
import dev.reeve.wire.reeve.v1.SetPoolStatusRequest;
import dev.reeve.wire.reeve.v1.Topic;
import dev.reeve.wire.reeve.v1.Worker;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import dev.reeve.wire.reeve.v1.WorkerState;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Workers, pools and topics on the contract's HTTP surface.
final class RestWorkers {
  static final Map<String, RestRoute> ROUTES =
      Map.of(
          "GET workers", RestWorkers::workers,
          "GET workers/{id}", RestWorkers::worker,
          "GET pools", RestWorkers::pools,
          "GET pools/{id}", RestWorkers::pool,
          "POST pools/{id}/drain", call -> setStatus(call, PoolStatus.POOL_STATUS_DRAINING),
          "POST pools/{id}/activate", call -> setStatus(call, PoolStatus.POOL_STATUS_ACTIVE),
          "GET topics", RestWorkers::topics);

  private RestWorkers() {}

  private static CompletableFuture<Answer> workers(RestRoute.Call call) {
    return call.calls()
        .call(WorkerServiceGrpc.getListWorkersMethod(), ListWorkersRequest.getDefaultInstance())
        .thenApply(found -> {
          JsonArray out = new JsonArray();
          found.getWorkersList().forEach(worker -> out.add(worker(worker)));
          return Answer.json(200, out.toString());
        });
  }

  private static CompletableFuture<Answer> worker(RestRoute.Call call) {
    String id = call.id();
    return call.calls()
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
    out.add("capabilities", RestJson.texts(worker.getCapabilitiesList()));
    out.add("topics", RestJson.texts(worker.getTopicsList()));
    JsonObject labels = new JsonObject();
    worker.getLabelsMap().forEach(labels::addProperty);
    out.add("labels", labels);
    out.addProperty("agent_name", worker.getName());
    out.addProperty("load", worker.getLoad());
    out.addProperty(
        "state", worker.getState() == WorkerState.WORKER_STATE_SILENT ? "silent" : "alive");
    out.addProperty("last_seen_at", Timestamps.toString(worker.getLastSeenAt()));
    return out;
  }

  private static CompletableFuture<Answer> pools(RestRoute.Call call) {
    return call.calls()
        .call(PoolServiceGrpc.getListPoolsMethod(), ListPoolsRequest.getDefaultInstance())
        .thenApply(
            found -> RestJson.items(found.getPoolsList().stream().map(RestWorkers::pool).toList()));
  }

  private static CompletableFuture<Answer> pool(RestRoute.Call call) {
    String name = call.id();
    return call.calls()
        .call(PoolServiceGrpc.getListPoolsMethod(), ListPoolsRequest.getDefaultInstance())
        .thenApply(found ->
            found.getPoolsList().stream()
                .filter(pool -> pool.getName().equals(name))
                .findFirst()
                .map(pool -> Answer.json(200, pool(pool).toString()))
                .orElseGet(() -> missing("pool", name)));
  }

  private static CompletableFuture<Answer> setStatus(RestRoute.Call call, PoolStatus status) {
    SetPoolStatusRequest.Builder wish =
        SetPoolStatusRequest.newBuilder().setName(call.id()).setStatus(status);
    if (!call.request().body().isEmpty()) {
      JsonObject body = RestJson.object(call.request().body());
      if (body.get("reason") instanceof JsonPrimitive text && text.isString()) {
        wish.setReason(text.getAsString());
      }
      if (body.has("timeout_seconds")) {
        wish.setDrainTimeout(Durations.fromSeconds(seconds(body.get("timeout_seconds"))));
      }
    }
    return call.calls()
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
    out.add("requires", RestJson.texts(pool.getRequiresList()));
    out.addProperty("description", pool.getDescription());
    out.add("topics", RestJson.texts(pool.getTopicsList()));
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

  private static CompletableFuture<Answer> topics(RestRoute.Call call) {
    return call.calls()
        .call(PoolServiceGrpc.getListTopicsMethod(), ListTopicsRequest.getDefaultInstance())
        .thenApply(found ->
            RestJson.items(found.getTopicsList().stream().map(RestWorkers::topic).toList()));
  }

  private static JsonObject topic(Topic topic) {
    JsonObject out = new JsonObject();
    out.addProperty("name", topic.getName());
    out.addProperty("pool", topic.getPoolsCount() == 0 ? "" : topic.getPools(0));
    out.add("pools", RestJson.texts(topic.getPoolsList()));
    out.addProperty("status", topic.getWorkers() > 0 ? "active" : "no_workers");
    out.addProperty("workers", topic.getWorkers());
    out.addProperty("waiting", topic.getWaiting());
    return out;
  }

  private static Answer missing(String what, String name) {
    return RestErrors.answer(
        GatewayProblems.ROUTE_NOT_FOUND.field(what, name, "one that is connected or set up"), 404);
  }
}
