package dev.reeve.gateway;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.reeve.base.PlainNumbers;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Writes messages as proto JSON on one line: snake_case, enum names, 64-bit integers as text,
/// numbers without exponents, RFC 3339 times. Fields that are not set are left out, but for an enum
/// whose zero says something: that an output may go is an answer, not the lack of one.
final class ProtoJsonWriter {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

  private static final JsonFormat.Printer WHOLE =
      PRINTER.alwaysPrintFieldsWithNoPresence().sortingMapKeys();

  private static final JsonFormat.Printer WHOLE_CAMEL =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .alwaysPrintFieldsWithNoPresence()
          .sortingMapKeys();

  /// By message type: which of its fields are always written.
  private static final Map<Descriptor, JsonFormat.Printer> PRINTERS = new ConcurrentHashMap<>();

  private ProtoJsonWriter() {}

  static String write(MessageOrBuilder message) {
    Descriptor type = message.getDescriptorForType();
    JsonFormat.Printer known = PRINTERS.get(type);
    return write(
        known != null ? known : PRINTERS.computeIfAbsent(type, ProtoJsonWriter::printer), message);
  }

  private static JsonFormat.Printer printer(Descriptor type) {
    Set<FieldDescriptor> telling = new HashSet<>();
    collect(type, new HashSet<>(), telling);
    return telling.isEmpty() ? PRINTER : PRINTER.includingDefaultValueFields(telling);
  }

  private static void collect(Descriptor type, Set<Descriptor> seen, Set<FieldDescriptor> telling) {
    if (!seen.add(type)) {
      return;
    }
    for (FieldDescriptor field : type.getFields()) {
      switch (field.getJavaType()) {
        case MESSAGE -> collect(field.getMessageType(), seen, telling);
        case ENUM -> {
          if (!field.isRepeated() && !field.hasPresence() && tells(field.getEnumType())) {
            telling.add(field);
          }
        }
        case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING -> {}
      }
    }
  }

  private static boolean tells(EnumDescriptor type) {
    EnumValueDescriptor zero = type.findValueByNumber(0);
    return zero != null && !zero.getName().endsWith("_UNSPECIFIED");
  }

  /// The same with the fields that are not set, where they have no presence of their own.
  static String writeWhole(MessageOrBuilder message) {
    return write(WHOLE, message);
  }

  /// The same with names as proto JSON has them by default, such as `ruleId`.
  static String writeWholeCamel(MessageOrBuilder message) {
    return write(WHOLE_CAMEL, message);
  }

  private static String write(JsonFormat.Printer printer, MessageOrBuilder message) {
    try {
      return PlainNumbers.json(printer.print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a response of ours has no JSON form", e);
    }
  }
}
