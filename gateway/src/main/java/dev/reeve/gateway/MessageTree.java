package dev.reeve.gateway;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A message as rules see it: its members by their names in the proto, and bytes that are a JSON
/// document as that document.
final class MessageTree {
  private MessageTree() {}

  static JsonValue of(Message message) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    message
        .getAllFields()
        .forEach((field, value) -> members.put(field.getName(), of(field, value)));
    return new JsonValue.Members(members);
  }

  private static JsonValue of(FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      return map((List<?>) value);
    }
    if (field.isRepeated()) {
      List<JsonValue> items = new ArrayList<>();
      ((List<?>) value).forEach(item -> items.add(single(item)));
      return new JsonValue.Items(items);
    }
    return single(value);
  }

  private static JsonValue map(List<?> entries) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (Object entry : entries) {
      Message pair = (Message) entry;
      FieldDescriptor key = pair.getDescriptorForType().findFieldByNumber(1);
      FieldDescriptor value = pair.getDescriptorForType().findFieldByNumber(2);
      members.put(String.valueOf(pair.getField(key)), single(pair.getField(value)));
    }
    return new JsonValue.Members(members);
  }

  private static JsonValue single(Object value) {
    return switch (value) {
      case String text -> new JsonValue.Text(text);
      case ByteString bytes -> bytes(bytes);
      case Boolean truth -> new JsonValue.Truth(truth);
      case EnumValueDescriptor named -> new JsonValue.Text(named.getName());
      case Message nested -> of(nested);
      default -> new JsonValue.Numeral(String.valueOf(value));
    };
  }

  private static JsonValue bytes(ByteString bytes) {
    return json(bytes)
        .orElseGet(
            () -> new JsonValue.Text(Base64.getEncoder().encodeToString(bytes.toByteArray())));
  }

  /// The document that the bytes are; empty when they are none, or a bare number or word.
  static Optional<JsonValue> json(ByteString bytes) {
    return beginsAsJson(bytes) && bytes.isValidUtf8()
        ? JsonText.parse(bytes.toStringUtf8())
        : Optional.empty();
  }

  static boolean beginsAsJson(ByteString bytes) {
    for (int i = 0; i < bytes.size(); i++) {
      byte b = bytes.byteAt(i);
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{' || b == '[' || b == '"';
      }
    }
    return false;
  }
}
