package dev.reeve.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.base.Bytes;
import dev.reeve.service.Futures;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.service.bus.ConsumerSpec;
import dev.reeve.service.bus.Delivery;
import java.time.Instant;

/// A BeamLine worker that gives every payload back, as JSON over JetStream: it acknowledges the
/// assignment, then publishes the result, each with a dedupe id.
final class BeamlineEchoWorker {
  private static final String ID = "bench-beamline";
  private static final String ASSIGN = "caf.exec.assign.v1";

  private final Bus bus;
  private final Failure failure;

  private BeamlineEchoWorker(Bus bus, Failure failure) {
    this.bus = bus;
    this.failure = failure;
  }

  static AutoCloseable start(Bus bus, String topic, int parallel, Failure failure) {
    BeamlineEchoWorker worker = new BeamlineEchoWorker(bus, failure);
    bus.consume(
        ConsumerSpec.of("CAF_EXEC", "workers", ASSIGN).withAckPendingMax(parallel), worker::run);
    return BusBeat.start(() -> worker.beat(topic, parallel));
  }

  private void beat(String topic, int parallel) {
    JsonArray topics = new JsonArray();
    topics.add(topic);
    JsonObject metadata = new JsonObject();
    metadata.add("topics", topics);
    metadata.addProperty("concurrency", parallel);
    JsonObject resources = new JsonObject();
    resources.addProperty("jobs_in_flight", 0);
    JsonObject beat = new JsonObject();
    beat.addProperty("version", "1");
    beat.addProperty("worker_id", ID);
    beat.addProperty("timestamp", Instant.now().toString());
    beat.addProperty("status", "ready");
    beat.add("resources", resources);
    beat.add("metadata", metadata);
    bus.publish(message("caf.worker.heartbeat.v1", beat));
  }

  private void run(Delivery delivery) {
    JsonObject assignment =
        JsonParser.parseString(delivery.message().bytes().utf8()).getAsJsonObject();
    delivery.ack();
    String id = assignment.get("assignment_id").getAsString();
    JsonObject taken = about(assignment);
    taken.addProperty("status", "accepted");
    taken.addProperty("message", "");
    taken.addProperty("acknowledged_at", System.currentTimeMillis());
    send(ASSIGN + ".ack", taken, id + ":ack");
    JsonObject job = assignment.getAsJsonObject("job");
    JsonObject type = new JsonObject();
    type.add("type", job.get("type"));
    JsonObject result = about(assignment);
    result.addProperty("version", "1");
    result.add("provider_id", assignment.getAsJsonObject("executor").get("provider_id"));
    result.add("job", type);
    result.addProperty("status", "success");
    result.add("output", job.get("payload"));
    result.addProperty("latency_ms", 1);
    result.addProperty("cost", 0.0);
    result.addProperty("timestamp", System.currentTimeMillis());
    send("caf.exec.result.v1", result, id + ":result");
  }

  private static JsonObject about(JsonObject assignment) {
    JsonObject about = new JsonObject();
    for (String name : new String[] {"assignment_id", "request_id", "tenant_id", "trace_id"}) {
      JsonElement value = assignment.get(name);
      if (value != null) {
        about.add(name, value);
      }
    }
    about.addProperty("worker_id", ID);
    return about;
  }

  private void send(String subject, JsonObject document, String messageId) {
    Futures.then(
        bus.publishDurably(message(subject, document), messageId),
        _ -> {},
        problem -> failure.is(problem.toException()));
  }

  private static BusMessage message(String subject, JsonObject document) {
    return BusMessage.of(subject, Bytes.utf8(document.toString()));
  }
}
