package dev.reeve.gateway.cordum;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.util.Timestamps;
import dev.reeve.gateway.RestApi.Answer;
import dev.reeve.wire.reeve.v1.ConfigEntry;
import dev.reeve.wire.reeve.v1.GetConfigRequest;
import dev.reeve.wire.reeve.v1.GetConfigResponse;
import dev.reeve.wire.reeve.v1.GetServerInfoRequest;
import dev.reeve.wire.reeve.v1.GetServerInfoResponse;
import dev.reeve.wire.reeve.v1.HealthStatus;
import dev.reeve.wire.reeve.v1.SystemServiceGrpc;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// How the server is and how it is set up, on the contract's HTTP surface.
final class RestSystem {
  private final InstantSource clock;

  RestSystem(InstantSource clock) {
    this.clock = clock;
  }

  Map<String, RestRoute> routes() {
    return Map.of("GET status", this::status, "GET config/effective", RestSystem::config);
  }

  private CompletableFuture<Answer> status(RestRoute.Call call) {
    return call.calls()
        .call(SystemServiceGrpc.getGetServerInfoMethod(), GetServerInfoRequest.getDefaultInstance())
        .thenApply(info -> RestJson.answer(status(info)));
  }

  private JsonObject status(GetServerInfoResponse info) {
    JsonObject out = new JsonObject();
    out.addProperty("time", Timestamps.toString(Timestamps.fromMillis(clock.millis())));
    long started = Timestamps.toMillis(info.getStartedAt());
    out.addProperty("uptime_seconds", Math.max(0, (clock.millis() - started) / 1000));
    JsonObject build = new JsonObject();
    build.addProperty("version", info.getVersion());
    out.add("build", build);
    out.addProperty("policy_snapshot", info.getPolicySnapshot());
    out.addProperty("posture", info.getPosture());
    out.addProperty("genome_id", info.getGenomeId());
    out.addProperty("genome_version", info.getGenomeVersion());
    JsonArray components = new JsonArray();
    info.getHealthList()
        .forEach(part -> {
          JsonObject one = new JsonObject();
          one.addProperty("name", part.getName());
          one.addProperty("status", word(part.getStatus()));
          one.addProperty("message", part.getMessage());
          components.add(one);
        });
    out.add("components", components);
    return out;
  }

  private static String word(HealthStatus status) {
    return status.name().substring("HEALTH_STATUS_".length()).toLowerCase(Locale.ROOT);
  }

  /// The operator alone may ask; secrets are masked before they come here.
  private static CompletableFuture<Answer> config(RestRoute.Call call) {
    return call.calls()
        .call(SystemServiceGrpc.getGetConfigMethod(), GetConfigRequest.getDefaultInstance())
        .thenApply(found -> RestJson.answer(config(found)));
  }

  private static JsonObject config(GetConfigResponse found) {
    JsonObject values = new JsonObject();
    JsonObject sources = new JsonObject();
    for (ConfigEntry entry : found.getEntriesList()) {
      values.addProperty(entry.getKey(), entry.getValue());
      String source = entry.getSource().name().substring("CONFIG_SOURCE_".length());
      sources.addProperty(entry.getKey(), source.toLowerCase(Locale.ROOT));
    }
    JsonObject out = new JsonObject();
    out.add("config", values);
    out.add("sources", sources);
    return out;
  }
}
