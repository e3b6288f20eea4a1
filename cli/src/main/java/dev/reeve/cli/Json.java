package dev.reeve.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.reeve.base.PlainNumbers;

/// JSON on one line. Messages have snake_case names, enum names, 64-bit numbers as text, times as
/// RFC 3339 UTC, numbers without exponents, and every field that has no presence of its own, so
/// that a line always has the same members.
final class Json {
  private Json() {}

  static String line(MessageOrBuilder message) {
    try {
      return PlainNumbers.json(MessagePrinter.PRINTER.print(message));
    } catch (InvalidProtocolBufferException e) {
      // Only an Any of unknown type cannot be printed, and no answer holds one.
      throw new IllegalStateException(e);
    }
  }

  static String line(JsonElement element) {
    return ElementPrinter.GSON.toJson(element);
  }

  /// The same with members whose value is null.
  static String withNulls(JsonElement element) {
    return new GsonBuilder().disableHtmlEscaping().serializeNulls().create().toJson(element);
  }

  /// Loaded by the commands that print messages as JSON, and by no other.
  private static final class MessagePrinter {
    private static final JsonFormat.Printer PRINTER =
        JsonFormat.printer()
            .preservingProtoFieldNames()
            .omittingInsignificantWhitespace()
            .alwaysPrintFieldsWithNoPresence()
            .sortingMapKeys();
  }

  private static final class ElementPrinter {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  }
}
