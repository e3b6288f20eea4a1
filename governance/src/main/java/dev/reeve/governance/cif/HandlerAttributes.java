package dev.reeve.governance.cif;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds inline handlers: `on...=` with a quoted value anywhere, with any value inside of a tag.
///
/// @param id name, as findings show it
/// @param score how sure it is
/// @param except words that begin with `on` and are no handlers
public record HandlerAttributes(String id, double score, Set<String> except) {
  private static final int NAME_MIN = 4;
  private static final int NAME_MAX = 40;

  /// From the name to the end of the value.
  record Place(int start, int end) {}

  public HandlerAttributes {
    except = Set.copyOf(except);
  }

  /// All of them, by place, none overlapping. One look at each character.
  List<Place> find(String text) {
    List<Place> places = new ArrayList<>();
    Tags tags = new Tags(text);
    int done = 0;
    int equals = text.indexOf('=');
    while (equals >= 0) {
      int start = nameBefore(text, equals, done);
      int end = start < 0 ? -1 : valueEnd(text, tags, start, equals + 1);
      if (end > 0) {
        places.add(new Place(start, end));
        done = end;
      }
      equals = text.indexOf('=', Math.max(equals + 1, end));
    }
    return places;
  }

  /// Whether a place lies in a tag, asked from left to right.
  private static final class Tags {
    private final String text;
    private int read;
    private boolean inside;

    Tags(String text) {
      this.text = text;
    }

    boolean isInside(int at) {
      while (read < at) {
        char c = text.charAt(read);
        read++;
        if (c == '>') {
          inside = false;
        } else if (c == '<' && read < text.length() && Character.isLetter(text.charAt(read))) {
          inside = true;
        }
      }
      return inside;
    }
  }

  private int nameBefore(String text, int equals, int from) {
    int end = equals;
    while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > from && end - start <= NAME_MAX && isNameCharacter(text.charAt(start - 1))) {
      start--;
    }
    int length = end - start;
    if (length < NAME_MIN || length > NAME_MAX) {
      return -1;
    }
    String name = lower(text, start, end);
    return name.startsWith("on") && !except.contains(name) ? start : -1;
  }

  private static int valueEnd(String text, Tags tags, int nameStart, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return -1;
    }
    char quote = text.charAt(at);
    if (quote == '"' || quote == '\'') {
      int close = text.indexOf(quote, at + 1);
      return close < 0 ? -1 : close + 1;
    }
    return tags.isInside(nameStart) ? bareEnd(text, at) : -1;
  }

  private static int bareEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && text.charAt(end) != '>'
        && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end > from ? end : -1;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static String lower(String text, int start, int end) {
    StringBuilder lower = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
    }
    return lower.toString();
  }
}
