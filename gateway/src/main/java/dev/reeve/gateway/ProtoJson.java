package dev.reeve.gateway;

import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;

/// Proto JSON for programs that read and write lines of it without a server: read as strictly as
/// the HTTP edge reads, written with every field that has no presence of its own, so that a line
/// always has the same members.
public final class ProtoJson {
  private ProtoJson() {}

  /// Sets the fields that the text has.
  ///
  /// @throws dev.reeve.base.ProblemException `JSON_INVALID`, naming the member
  public static <B extends Message.Builder> B read(String text, B into) {
    ProtoJsonReader.read(text, into);
    return into;
  }

  /// One line for readers of the BeamLine contract: as [#line], 64-bit integers as numbers.
  public static String numbered(MessageOrBuilder message) {
    return NumberedJson.write(message);
  }

  /// One line: snake_case, enum names, 64-bit integers as text, RFC 3339 times.
  public static String line(MessageOrBuilder message) {
    return ProtoJsonWriter.writeWhole(message);
  }

  /// One line as [#line], with names as proto JSON has them by default, such as `ruleId`.
  public static String camelLine(MessageOrBuilder message) {
    return ProtoJsonWriter.writeWholeCamel(message);
  }
}
