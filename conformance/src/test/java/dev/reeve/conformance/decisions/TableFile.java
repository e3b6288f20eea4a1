package dev.reeve.conformance.decisions;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Reads one file of the table. `{$text: [a, [b, 3]]}` becomes the text `abbb`, and `{$base64:
/// TEXT}` how proto JSON writes these bytes.
final class TableFile {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
  private static final int CODE_POINTS_MAX = 16 * 1024 * 1024;

  private TableFile() {}

  static List<DecisionGroup> read(String station) {
    try (InputStream in =
        Objects.requireNonNull(
            TableFile.class.getResourceAsStream("/decisions/" + station + ".yaml"), station)) {
      LoadSettings settings =
          LoadSettings.builder().setLabel(station).setCodePointLimit(CODE_POINTS_MAX).build();
      JsonElement file =
          element(
              new Load(settings)
                  .loadFromString(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      List<DecisionGroup> groups = new ArrayList<>();
      file.getAsJsonArray().forEach(group -> groups.add(DecisionGroup.of(group.getAsJsonObject())));
      return groups;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String json(JsonElement element) {
    return GSON.toJson(element);
  }

  private static JsonElement element(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case Map<?, ?> map -> object(map);
      case List<?> list -> {
        JsonArray array = new JsonArray();
        list.forEach(item -> array.add(element(item)));
        yield array;
      }
      case Number number -> new JsonPrimitive(number);
      case Boolean truth -> new JsonPrimitive(truth);
      default -> new JsonPrimitive(value.toString());
    };
  }

  private static JsonElement object(Map<?, ?> map) {
    JsonObject object = new JsonObject();
    map.forEach((name, value) -> object.add(String.valueOf(name), element(value)));
    if (object.has("$text")) {
      return new JsonPrimitive(text(object.getAsJsonArray("$text")));
    }
    if (object.has("$base64")) {
      byte[] bytes = object.get("$base64").getAsString().getBytes(StandardCharsets.UTF_8);
      return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
    }
    return object;
  }

  private static String text(JsonArray parts) {
    StringBuilder text = new StringBuilder();
    for (JsonElement part : parts) {
      if (part.isJsonArray()) {
        JsonArray repeated = part.getAsJsonArray();
        text.repeat(repeated.get(0).getAsString(), repeated.get(1).getAsInt());
      } else {
        text.append(part.getAsString());
      }
    }
    return text.toString();
  }
}
