package dev.reeve.gateway;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Proto JSON with 64-bit integers as numbers, where it has them as text.
final class NumberedJson {
  private static final String WELL_KNOWN = "google.protobuf.";

  private NumberedJson() {}

  static String write(MessageOrBuilder message) {
    JsonValue tree = JsonText.parse(ProtoJsonWriter.writeWhole(message)).orElseThrow();
    return JsonText.write(message(tree, message.getDescriptorForType()));
  }

  private static JsonValue message(JsonValue tree, Descriptor type) {
    // Times and the like are texts of their own, and structures hold what they hold.
    if (!(tree instanceof JsonValue.Members members) || type.getFullName().startsWith(WELL_KNOWN)) {
      return tree;
    }
    Map<String, JsonValue> out = new LinkedHashMap<>();
    members
        .values()
        .forEach((name, value) -> out.put(name, field(value, type.findFieldByName(name))));
    return new JsonValue.Members(out);
  }

  private static JsonValue field(JsonValue value, @Nullable FieldDescriptor field) {
    if (field == null) {
      return value;
    }
    if (field.isMapField()) {
      return entries(value, field.getMessageType().findFieldByName("value"));
    }
    return value instanceof JsonValue.Items items
        ? new JsonValue.Items(items.values().stream().map(item -> one(item, field)).toList())
        : one(value, field);
  }

  private static JsonValue entries(JsonValue value, FieldDescriptor type) {
    if (!(value instanceof JsonValue.Members members)) {
      return value;
    }
    Map<String, JsonValue> out = new LinkedHashMap<>();
    members.values().forEach((key, entry) -> out.put(key, one(entry, type)));
    return new JsonValue.Members(out);
  }

  private static JsonValue one(JsonValue value, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> message(value, field.getMessageType());
      case LONG ->
          value instanceof JsonValue.Text text ? new JsonValue.Numeral(text.value()) : value;
      case INT, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING, ENUM -> value;
    };
  }
}
