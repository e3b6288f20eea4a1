package dev.reeve.scan;

import java.util.List;

/// Private keys in PEM armour: PKCS #1, PKCS #8, EC, OpenSSH, PGP. Found is the whole block, so
/// that redaction takes the key and not only its headline.
final class PrivateKeyDetector implements Detector {
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  private static final int LABEL_MAX = 64;

  private static final DetectorInfo INFO =
      new DetectorInfo(
          "secret",
          "secret_leak",
          "private-key",
          "private key (PEM)",
          Severity.CRITICAL,
          0.99,
          DetectorInfo.SPECIFIC,
          "Keys in DER or PKCS #12; the part of a key beyond 8 KiB.");

  @Override
  public List<DetectorInfo> infos() {
    return List.of(INFO);
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.literal(BEGIN));
  }

  @Override
  public void examine(Window window, Hits hits) {
    int label = window.triggerEnd();
    int labelEnd = endOfLabel(window, label);
    if (labelEnd < 0 || !isPrivateKey(window.text(label, labelEnd))) {
      return;
    }
    hits.add(INFO, window.triggerStart(), endOfKey(window, labelEnd + DASHES.length()));
  }

  private static boolean isPrivateKey(String label) {
    return label.endsWith("PRIVATE KEY") || label.equals("PGP PRIVATE KEY BLOCK");
  }

  private static int endOfLabel(Window window, int from) {
    for (int i = from; i < from + LABEL_MAX; i++) {
      int c = window.byteAt(i);
      if (c == '-') {
        return window.text(i, Math.min(window.length(), i + 5)).equals(DASHES) ? i : -1;
      }
      if (!Ascii.isUpper(c) && c != ' ' && !Ascii.isDigit(c)) {
        return -1;
      }
    }
    return -1;
  }

  /// After the end line; where there is none, as far as the lines look like a key.
  private static int endOfKey(Window window, int from) {
    int i = from;
    while (i < window.length()) {
      int c = window.byteAt(i);
      if (c == '-' && window.byteAt(i + 1) == '-') {
        return endOfFooter(window, i);
      }
      if (!isKeyText(c)) {
        return i;
      }
      i++;
    }
    return i;
  }

  private static int endOfFooter(Window window, int from) {
    String rest = window.text(from, Math.min(window.length(), from + LABEL_MAX + 20));
    if (!rest.startsWith("-----END ")) {
      return from;
    }
    int close = rest.indexOf(DASHES, 9);
    return close < 0 ? from + rest.length() : from + close + DASHES.length();
  }

  /// Base64, header lines such as `Proc-Type: 4,ENCRYPTED`, and line ends escaped in JSON.
  private static boolean isKeyText(int c) {
    return Ascii.isAlphanumeric(c) || (c > 0 && "+/=\r\n\t \\:,-.()@\"'".indexOf(c) >= 0);
  }
}
