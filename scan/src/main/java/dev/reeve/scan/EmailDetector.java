package dev.reeve.scan;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// E-mail addresses as people use them.
final class EmailDetector implements Detector {
  private static final DetectorInfo INFO =
      PiiInfo.proven(
          "email",
          "e-mail address",
          0.95,
          "Quoted local parts, letters beyond ASCII, hosts without a dot, written-out forms.");

  private static final int LOCAL_MAX = 64;
  private static final int DOMAIN_MAX = 253;
  private static final int SCHEME_BEFORE = 80;

  /// Endings of files, as in `logo@2x.png`, and of locales.
  private static final Set<String> FILES =
      Set.of(
          "png",
          "jpg",
          "jpeg",
          "gif",
          "svg",
          "webp",
          "ico",
          "css",
          "js",
          "mjs",
          "ts",
          "json",
          "html",
          "py",
          "java",
          "yaml",
          "yml",
          "xml",
          "zip",
          "gz",
          "tar",
          "jar",
          "exe",
          "dll",
          "service",
          "local",
          "internal",
          "utf");

  @Override
  public List<DetectorInfo> infos() {
    return List.of(INFO);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.literal("@"));
  }

  @Override
  public void examine(Window window, Hits hits) {
    int at = window.triggerStart();
    int start = startOfLocal(window, at);
    int end = endOfDomain(window, at + 1);
    if (start == at || end < 0 || isPartOfUrl(window, start)) {
      return;
    }
    boolean gitRemote = window.text(start, at).equals("git") && window.byteAt(end) == ':';
    if (!gitRemote) {
      hits.add(INFO, start, end);
    }
  }

  private static int startOfLocal(Window window, int at) {
    int start = at;
    while (at - start < LOCAL_MAX && isLocal(window.byteAt(start - 1))) {
      start--;
    }
    while (start < at && !Ascii.isWord(window.byteAt(start))) {
      start++;
    }
    return window.byteAt(at - 1) == '.' ? at : start;
  }

  private static boolean isLocal(int c) {
    return Ascii.isWord(c) || c == '.' || c == '+' || c == '-' || c == '%' || c == '\'';
  }

  /// After the last label; -1 when it is no domain of two labels with a known sort of ending.
  private static int endOfDomain(Window window, int from) {
    int i = from;
    int label = from;
    int end = -1;
    while (i - from < DOMAIN_MAX) {
      int c = window.byteAt(i);
      if (c == '.') {
        if (i == label) {
          break;
        }
        label = i + 1;
      } else if (!Ascii.isAlphanumeric(c) && c != '-') {
        break;
      } else if (i == label && c == '-') {
        break;
      }
      i++;
      if (label > from && isTopLevel(window, label, i)) {
        end = i;
      }
    }
    return end;
  }

  private static boolean isTopLevel(Window window, int from, int to) {
    boolean goesOn =
        Ascii.isAlphanumeric(window.byteAt(to))
            || (window.byteAt(to) == '-' && Ascii.isAlphanumeric(window.byteAt(to + 1)));
    if (to - from < 2 || to - from > 24 || goesOn) {
      return false;
    }
    String text = window.text(from, to);
    return text.chars().allMatch(Ascii::isLetter) && !FILES.contains(text.toLowerCase(Locale.ROOT));
  }

  /// The `user:password@host` of a URL is not an address.
  private static boolean isPartOfUrl(Window window, int start) {
    for (int i = start - 1; i > start - SCHEME_BEFORE; i--) {
      int c = window.byteAt(i);
      if (c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '?' || c == '&' || c == ',') {
        return false;
      }
      if (c == '/' && window.byteAt(i - 1) == '/' && window.byteAt(i - 2) == ':') {
        return true;
      }
    }
    return false;
  }
}
