package dev.reeve.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/// Writes messages as proto JSON on one line: snake_case, enum names, 64-bit integers as text, RFC
/// 3339 times. Fields that are not set are left out.
final class ProtoJsonWriter {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

  private static final JsonFormat.Printer WHOLE =
      PRINTER.alwaysPrintFieldsWithNoPresence().sortingMapKeys();

  private ProtoJsonWriter() {}

  static String write(MessageOrBuilder message) {
    return write(PRINTER, message);
  }

  /// The same with the fields that are not set, where they have no presence of their own.
  static String writeWhole(MessageOrBuilder message) {
    return write(WHOLE, message);
  }

  private static String write(JsonFormat.Printer printer, MessageOrBuilder message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a response of ours has no JSON form", e);
    }
  }
}
