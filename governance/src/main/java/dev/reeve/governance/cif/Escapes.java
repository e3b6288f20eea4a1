package dev.reeve.governance.cif;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one layer of escapes: percent, HTML entities, and those of JSON and JavaScript. What is no
/// escape stays.
final class Escapes {
  private static final int ENTITY_LENGTH_MAX = 16;

  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("amp", "&"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("sol", "/"),
          Map.entry("bsol", "\\"),
          Map.entry("lpar", "("),
          Map.entry("rpar", ")"),
          Map.entry("colon", ":"),
          Map.entry("period", "."),
          Map.entry("equals", "="),
          Map.entry("percnt", "%"),
          Map.entry("num", "#"),
          Map.entry("semi", ";"),
          Map.entry("comma", ","),
          Map.entry("lowbar", "_"),
          Map.entry("grave", "`"),
          Map.entry("excl", "!"),
          Map.entry("lcub", "{"),
          Map.entry("rcub", "}"),
          Map.entry("lsqb", "["),
          Map.entry("rsqb", "]"),
          Map.entry("tab", "\t"),
          Map.entry("newline", "\n"),
          Map.entry("commat", "@"),
          Map.entry("dollar", "$"),
          Map.entry("zwnj", ""),
          Map.entry("zwj", ""),
          Map.entry("shy", ""));

  private static final List<String> SEMICOLONS =
      List.of("%3b", "%u003b", "\\x3b", "\\u003b", "&#59;", "&#x3b;", "&semi;");

  private final String text;
  private final StringBuilder out;
  private int at;

  private Escapes(String text) {
    this.text = text;
    this.out = new StringBuilder(text.length());
  }

  static String read(String text) {
    boolean any = text.indexOf('%') >= 0 || text.indexOf('&') >= 0 || text.indexOf('\\') >= 0;
    return any ? new Escapes(text).read() : text;
  }

  private String read() {
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean read =
          switch (c) {
            case '%' -> percent();
            case '&' -> entity();
            case '\\' -> backslash();
            default -> false;
          };
      if (!read) {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private boolean percent() {
    if (isAt(at + 1, 'u')) {
      int unit = hex(at + 2, 4);
      if (unit >= 0) {
        out.append((char) unit);
        at += 6;
        return true;
      }
    }
    int first = hex(at + 1, 2);
    if (first < 0) {
      return false;
    }
    at += 3;
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    out.appendCodePoint(more == 0 || first > 0xf7 ? first : continued(first, more));
    return true;
  }

  /// A UTF-8 sequence, one that is longer than need be as well: that is how dots are hidden. A lead
  /// byte without its followers stands for itself.
  private int continued(int first, int more) {
    int point = first & (0x3f >> more);
    int next = at;
    for (int i = 0; i < more; i++) {
      int follower = isAt(next, '%') ? hex(next + 1, 2) : -1;
      if (follower < 0x80 || follower > 0xbf) {
        return first;
      }
      point = (point << 6) | (follower & 0x3f);
      next += 3;
    }
    if (!Character.isValidCodePoint(point)) {
      return first;
    }
    at = next;
    return point;
  }

  private boolean entity() {
    if (isAt(at + 1, '#')) {
      return numberedEntity();
    }
    int end = at + 1;
    while (end < text.length() && end - at < ENTITY_LENGTH_MAX && isLetter(text.charAt(end))) {
      end++;
    }
    String name = lower(text.substring(at + 1, end));
    @Nullable String meant = ENTITIES.get(name);
    boolean closed = isAt(end, ';');
    if (meant == null || !(closed || (isLegacy(name) && !isClosedByEscape(end)))) {
      return false;
    }
    out.append(meant);
    at = closed ? end + 1 : end;
    return true;
  }

  private static boolean isLegacy(String name) {
    return name.equals("lt") || name.equals("gt") || name.equals("amp") || name.equals("quot");
  }

  private boolean numberedEntity() {
    boolean hex = isAt(at + 2, 'x');
    int start = hex ? at + 3 : at + 2;
    int end = start;
    long point = 0;
    while (end < text.length() && Character.digit(text.charAt(end), hex ? 16 : 10) >= 0) {
      int digit = Character.digit(text.charAt(end), hex ? 16 : 10);
      point = Math.min(point * (hex ? 16 : 10) + digit, Integer.MAX_VALUE);
      end++;
    }
    if (end == start || point > Character.MAX_CODE_POINT || isUnfinished((int) point, end)) {
      return false;
    }
    out.appendCodePoint((int) point);
    at = isAt(end, ';') ? end + 1 : end;
    return true;
  }

  /// Whether an entity without its end goes on in an escape, as in `&#10%38;`, which is read first.
  /// What is worth hiding is printable, and what its number begins with is not.
  private boolean isUnfinished(int point, int end) {
    return isClosedByEscape(end) || (point < ' ' && isEscape(end));
  }

  private boolean isClosedByEscape(int end) {
    return SEMICOLONS.stream()
        .anyMatch(form -> text.regionMatches(true, end, form, 0, form.length()));
  }

  private boolean isEscape(int index) {
    boolean unit =
        (isAt(index + 1, 'x') && hex(index + 2, 2) >= 0)
            || (isAt(index + 1, 'u') && hex(index + 2, 4) >= 0);
    return isAt(index, '%') || isAt(index, '&') || (isAt(index, '\\') && unit);
  }

  private boolean backslash() {
    if (isAt(at + 1, 'x')) {
      int unit = hex(at + 2, 2);
      if (unit >= 0) {
        out.append((char) unit);
        at += 4;
        return true;
      }
    }
    if (!isAt(at + 1, 'u')) {
      return false;
    }
    int unit = hex(at + 2, 4);
    if (unit >= 0) {
      out.append((char) unit);
      at += 6;
      return true;
    }
    int close = isAt(at + 2, '{') ? text.indexOf('}', at + 3) : -1;
    int digits = close - at - 3;
    int point = close > 0 && digits >= 1 && digits <= 6 ? hex(at + 3, digits) : -1;
    if (point < 0 || point > Character.MAX_CODE_POINT) {
      return false;
    }
    out.appendCodePoint(point);
    at = close + 1;
    return true;
  }

  private boolean isAt(int index, char lower) {
    return index < text.length()
        && (text.charAt(index) | 0x20) == (lower | 0x20)
        && (isLetter(lower) || text.charAt(index) == lower);
  }

  private int hex(int from, int digits) {
    if (from + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static String lower(String name) {
    StringBuilder lower = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      lower.append((char) (name.charAt(i) | 0x20));
    }
    return lower.toString();
  }
}
