package dev.reeve.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import dev.reeve.service.bus.BusHealth;
import dev.reeve.service.decider.DeciderStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// `/healthz`: `{"status": "ok" | "degraded" | "unavailable", "reasons": [...]}`, with other
/// deciders `"deciders": [{"name", "address", "state", "fail_mode"}]`, with a bus `"bus": {"state",
/// "address"}`, with devices that take no work `"devices": {ID: STATUS}`; 200 while it serves, 503
/// otherwise, which includes a server that is stopping. To strangers the status alone.
final class HealthPage {
  private static final JsonFactory JSON = new JsonFactory();

  private final HealthView view;
  private final BooleanSupplier stopping;

  HealthPage(HealthView view, BooleanSupplier stopping) {
    this.view = view;
    this.stopping = stopping;
  }

  /// @param whole whether who asks may see more than the status
  HttpResponse serve(boolean whole) {
    HealthView.Health health = view.now();
    List<String> reasons = new ArrayList<>(health.reasons());
    boolean stops = stopping.getAsBoolean();
    if (stops) {
      reasons.addFirst("the server is stopping");
    }
    HealthView.State state = stops ? HealthView.State.UNAVAILABLE : health.state();
    return switch (state) {
      case OK -> HttpReplies.json(200, body("ok", reasons, whole));
      case DEGRADED -> HttpReplies.json(200, body("degraded", reasons, whole));
      case UNAVAILABLE -> HttpReplies.json(503, body("unavailable", reasons, whole));
    };
  }

  private String body(String status, List<String> reasons, boolean whole) {
    if (!whole) {
      return "{\"status\":\"" + status + "\"}";
    }
    List<DeciderStatus> deciders = view.deciders();
    Optional<BusHealth> bus = view.bus();
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("status", status);
      json.writeArrayFieldStart("reasons");
      for (String reason : reasons) {
        json.writeString(reason);
      }
      json.writeEndArray();
      if (!deciders.isEmpty()) {
        write(json, deciders);
      }
      if (bus.isPresent()) {
        write(json, bus.get());
      }
      Map<String, String> devices = view.devices();
      if (!devices.isEmpty()) {
        json.writeObjectFieldStart("devices");
        for (Map.Entry<String, String> device : new TreeMap<>(devices).entrySet()) {
          json.writeStringField(device.getKey(), device.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, BusHealth bus) throws IOException {
    json.writeObjectFieldStart("bus");
    json.writeStringField("state", bus.state().name().toLowerCase(Locale.ROOT));
    json.writeStringField("address", bus.address());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, List<DeciderStatus> deciders) throws IOException {
    json.writeArrayFieldStart("deciders");
    for (DeciderStatus decider : deciders) {
      json.writeStartObject();
      json.writeStringField("name", decider.name());
      json.writeStringField("address", decider.address());
      json.writeStringField("state", DeciderMetrics.word(decider.state()));
      json.writeStringField("fail_mode", decider.failMode().word());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
