package dev.reeve.scan;

import java.util.List;
import java.util.Locale;

/// Addresses of the internet protocol, versions 4 and 6.
final class IpAddressDetector implements Detector {
  private static final DetectorInfo V4 =
      PiiInfo.proven(
          "ipv4",
          "IPv4 address",
          0.85,
          "Four single digits (they are section numbers more often); private, loopback, link-local"
              + " and documentation addresses, masks; what follows a product and a slash or the"
              + " word version.");
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
    int[] octets = new int[4];
    int at = readOctets(window, start, octets);
    if (at < 0 || !isPublic(octets)) {
      return;
    }
    boolean goesOn = window.byteAt(at) == '.' && window.isDigitAt(at + 1);
    if (!goesOn
        && !window.isWordAt(at)
        && window.byteAt(at) != '-'
        && !isVersion(window, start)
        && !isSection(window, octets, at)) {
      hits.add(V4, start, at);
    }
  }

  /// The end of four octets; -1 when there are none.
  private static int readOctets(Window window, int start, int[] octets) {
    int at = start;
    for (int octet = 0; octet < 4; octet++) {
      int value = 0;
      int from = at;
      while (at - from < 3 && window.isDigitAt(at)) {
        value = value * 10 + window.byteAt(at) - '0';
        at++;
      }
      boolean zeroed = at - from > 1 && window.byteAt(from) == '0';
      if (at == from || value > 255 || zeroed || window.isDigitAt(at)) {
        return -1;
      }
      octets[octet] = value;
      if (octet < 3 && window.byteAt(at++) != '.') {
        return -1;
      }
    }
    return at;
  }

  /// Whether it may be the address of somebody: neither of a network of one's own or of examples
  /// nor a mask, and not of single digits alone.
  private static boolean isPublic(int[] octets) {
    int a = octets[0];
    int b = octets[1];
    int c = octets[2];
    boolean own = a == 10 || (a == 172 && b >= 16 && b <= 31) || (a == 192 && b == 168);
    boolean local = a == 0 || a == 127 || (a == 169 && b == 254) || a == 255;
    boolean example =
        (a == 192 && b == 0 && c == 2)
            || (a == 198 && b == 51 && c == 100)
            || (a == 203 && b == 0 && c == 113);
    boolean round = b == 0 && c == 0 && octets[3] == 0;
    boolean digits = a < 10 && b < 10 && c < 10 && octets[3] < 10;
    return !own && !local && !example && !round && !digits;
  }

  /// A number of a version, after a word or a product; an identifier of objects.
  private static boolean isVersion(Window window, int start) {
    int before = window.byteAt(start - 1);
    return before == '-'
        || before == '@'
        || (before == '/' && window.isWordAt(start - 2))
        || VERSIONS.before(window, start, VERSION_BEFORE)
        || isIdentifier(window, start);
  }

  private static boolean isIdentifier(Window window, int start) {
    return window
        .text(Math.max(0, start - VERSION_BEFORE), start)
        .toLowerCase(Locale.ROOT)
        .contains("identifier");
  }

  /// A number of a section before its title: single digits but for the last, a blank, a capital.
  private static boolean isSection(Window window, int[] octets, int end) {
    return octets[0] < 10
        && octets[1] < 10
        && octets[2] < 10
        && window.byteAt(end) == ' '
        && Ascii.isUpper(window.byteAt(end + 1));
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
