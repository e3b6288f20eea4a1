package dev.reeve.scan;

import java.util.List;

/// Addresses of the internet protocol, versions 4 and 6.
final class IpAddressDetector implements Detector {
  private static final DetectorInfo V4 =
      PiiInfo.proven(
          "ipv4",
          "IPv4 address",
          0.85,
          "Four single digits (they are section numbers more often); loopback, masks, and what"
              + " follows the word version.");
  private static final DetectorInfo V6 =
      PiiInfo.proven(
          "ipv6",
          "IPv6 address",
          0.9,
          "Addresses whose first group has not four characters with a digit among them.");

  private static final ContextWords VERSIONS =
      ContextWords.of("version", "ver", "release", "build", "section", "chapter", "oid");

  private static final int VERSION_BEFORE = 24;

  @Override
  public List<DetectorInfo> infos() {
    return List.of(V4, V6);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.shape("^d.d"),
        Trigger.shape("^dd.d"),
        Trigger.shape("^ddd.d"),
        Trigger.shape("^hhhh:h"),
        Trigger.shape("^hhhh::"));
  }

  @Override
  public void examine(Window window, Hits hits) {
    int start = window.triggerStart();
    if (!window.isWordAt(start)) {
      start++;
    }
    if (window.byteAt(start - 1) == ':' || window.byteAt(start - 1) == '.') {
      return;
    }
    if (window.byteAt(start + 4) == ':') {
      version6(window, start, hits);
    } else {
      version4(window, start, hits);
    }
  }

  private static void version4(Window window, int start, Hits hits) {
    int at = start;
    int large = 0;
    int first = -1;
    for (int octet = 0; octet < 4; octet++) {
      int value = 0;
      int from = at;
      while (at - from < 3 && window.isDigitAt(at)) {
        value = value * 10 + window.byteAt(at) - '0';
        at++;
      }
      boolean zeroed = at - from > 1 && window.byteAt(from) == '0';
      if (at == from || value > 255 || zeroed || window.isDigitAt(at)) {
        return;
      }
      large += value > 9 ? 1 : 0;
      first = octet == 0 ? value : first;
      if (octet < 3 && window.byteAt(at++) != '.') {
        return;
      }
    }
    boolean goesOn = window.byteAt(at) == '.' && window.isDigitAt(at + 1);
    boolean special = first == 0 || first == 127 || first == 255;
    if (large > 0
        && !special
        && !goesOn
        && !window.isWordAt(at)
        && window.byteAt(at) != '-'
        && !isVersion(window, start)) {
      hits.add(V4, start, at);
    }
  }

  private static boolean isVersion(Window window, int start) {
    return VERSIONS.before(window, start, VERSION_BEFORE)
        || window.byteAt(start - 1) == '-'
        || window.byteAt(start - 1) == '@';
  }

  private static void version6(Window window, int start, Hits hits) {
    int at = start;
    int groups = 0;
    int gaps = 0;
    boolean digit = false;
    while (groups < 8) {
      int from = at;
      while (at - from < 4 && Ascii.isHex(window.byteAt(at))) {
        digit |= groups == 0 && window.isDigitAt(at);
        at++;
      }
      if (at == from) {
        break;
      }
      groups++;
      if (window.byteAt(at) == ':' && window.byteAt(at + 1) == ':') {
        gaps++;
        at += 2;
      } else if (groups < 8 && window.byteAt(at) == ':' && Ascii.isHex(window.byteAt(at + 1))) {
        at++;
      } else {
        break;
      }
    }
    boolean whole = (groups == 8 && gaps == 0) || (groups < 8 && groups >= 2 && gaps == 1);
    if (whole && digit && !window.isWordAt(at) && window.byteAt(at) != ':') {
      hits.add(V6, start, at);
    }
  }
}
