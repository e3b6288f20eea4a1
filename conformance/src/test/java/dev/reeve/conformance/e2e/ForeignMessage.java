package dev.reeve.conformance.e2e;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.ArrayList;
import java.util.List;

/// An answer, read by the names of its fields: `job.state`.
record ForeignMessage(DynamicMessage message) {
  /// A text, an enum's name, or a number as text.
  String text(String path) {
    return switch (value(path)) {
      case EnumValueDescriptor constant -> constant.getName();
      case ByteString bytes -> bytes.toStringUtf8();
      case Object other -> other.toString();
    };
  }

  /// A whole number.
  long number(String path) {
    return ((Number) value(path)).longValue();
  }

  /// A part.
  ForeignMessage part(String path) {
    return new ForeignMessage((DynamicMessage) value(path));
  }

  /// A repeated part.
  List<ForeignMessage> parts(String path) {
    List<ForeignMessage> parts = new ArrayList<>();
    for (Object part : (List<?>) value(path)) {
      parts.add(new ForeignMessage((DynamicMessage) part));
    }
    return parts;
  }

  /// True when the part or oneof member is there.
  boolean has(String name) {
    return message.hasField(message.getDescriptorForType().findFieldByName(name));
  }

  private Object value(String path) {
    Object value = message;
    for (String name : path.split("\\.", -1)) {
      DynamicMessage owner = (DynamicMessage) value;
      FieldDescriptor field = owner.getDescriptorForType().findFieldByName(name);
      if (field == null) {
        throw new IllegalArgumentException(
            name + ": no field of " + owner.getDescriptorForType().getFullName());
      }
      value = owner.getField(field);
    }
    return value;
  }
}
