package dev.reeve.gateway;

import com.google.rpc.BadRequest;
import dev.reeve.base.Problem;
import java.util.List;

/// Bounds what an error says. It travels in trailers, of which clients take 8 KiB: beyond that they
/// drop the connection, and with it every other call on it.
final class ErrorWords {
  /// Of a message, as it is written in a trailer.
  static final int MESSAGE_BYTES_MAX = 768;

  /// Of one fact.
  static final int FACT_BYTES_MAX = 256;

  private static final int FIELDS_BYTES_MAX = 1_500;
  private static final String CUT = "...";

  private ErrorWords() {}

  /// The text, or its beginning.
  static String bounded(String text, int bytesMax) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      bytes += bytesOf(text.charAt(i));
      if (bytes > bytesMax) {
        int end = Character.isLowSurrogate(text.charAt(i)) ? i - 1 : i;
        return text.substring(0, Math.max(0, Math.min(end, bytesMax - CUT.length()))) + CUT;
      }
    }
    return text;
  }

  /// The first fields at fault, and how many more there are.
  static BadRequest fields(List<Problem.FieldViolation> fields) {
    BadRequest.Builder bad = BadRequest.newBuilder();
    int bytes = 0;
    for (Problem.FieldViolation violation : fields) {
      String field = bounded(violation.field(), FACT_BYTES_MAX);
      String description = bounded(violation.description(), FACT_BYTES_MAX);
      bytes += field.length() + description.length();
      if (bytes > FIELDS_BYTES_MAX) {
        int more = fields.size() - bad.getFieldViolationsCount();
        bad.addFieldViolationsBuilder().setField(CUT).setDescription(more + " more");
        break;
      }
      bad.addFieldViolationsBuilder().setField(field).setDescription(description);
    }
    return bad.build();
  }

  /// A trailer writes what is not ASCII as `%XX` for each of its bytes in UTF-8.
  private static int bytesOf(char c) {
    if (c >= ' ' && c < 0x7F) {
      return 1;
    }
    return c < 0x80 ? 3 : c < 0x800 ? 6 : 9;
  }
}
