package dev.reeve.scan;

import dev.reeve.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;

/// Cuts runs of bytes out of a content.
public final class Redactor {
  /// What stands where something was cut.
  public static final Bytes MARK = Bytes.utf8("[REDACTED]");

  private Redactor() {}

  /// The content with each span replaced by [#MARK]. Spans that overlap or touch become one; a span
  /// that begins or ends inside of a UTF-8 character takes the whole of it. Without spans the whole
  /// content is replaced: whoever asks for redaction and cannot say where gets none of it.
  public static Bytes redact(Bytes content, List<Span> spans) {
    if (spans.isEmpty()) {
      return MARK;
    }
    byte[] from = content.unsafeArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream(from.length + MARK.size());
    List<Span> ordered = spans.stream().sorted(Comparator.comparingLong(Span::start)).toList();
    int kept = 0;
    int i = 0;
    while (i < ordered.size() && ordered.get(i).start() < from.length) {
      int start = characterStart(from, (int) ordered.get(i).start());
      long end = ordered.get(i).end();
      i++;
      while (i < ordered.size() && ordered.get(i).start() <= characterEnd(from, end)) {
        end = Math.max(end, ordered.get(i).end());
        i++;
      }
      out.write(from, kept, Math.max(0, start - kept));
      out.writeBytes(MARK.unsafeArray());
      kept = characterEnd(from, end);
    }
    out.write(from, kept, from.length - kept);
    return Bytes.wrap(out.toByteArray());
  }

  private static int characterStart(byte[] bytes, int at) {
    int start = at;
    while (start > 0 && isContinuation(bytes[start])) {
      start--;
    }
    return start;
  }

  private static int characterEnd(byte[] bytes, long at) {
    int end = (int) Math.min(at, bytes.length);
    while (end < bytes.length && isContinuation(bytes[end])) {
      end++;
    }
    return end;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xc0) == 0x80;
  }
}
