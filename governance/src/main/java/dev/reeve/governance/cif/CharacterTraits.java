package dev.reeve.governance.cif;

/// Which characters a text has, as far as the boundary cares: the first look, which most texts do
/// not get past.
final class CharacterTraits {
  static final int PLAIN = 0;

  /// Something that may be an escape, or hide one.
  static final int ENCODED = 1;

  /// Something that a rule begins or ends with.
  static final int MARKED = 2;

  private static final byte[] TRAITS = traits();

  private CharacterTraits() {}

  private static byte[] traits() {
    byte[] traits = new byte[128];
    for (int c = 0; c < ' '; c++) {
      traits[c] = ENCODED;
    }
    for (char c : new char[] {'\t', '\n', '\r'}) {
      traits[c] = PLAIN;
    }
    for (char c : new char[] {'%', '&', '\\', 0x7f}) {
      traits[c] = ENCODED;
    }
    for (char c : new char[] {'<', '(', ':', '='}) {
      traits[c] = MARKED;
    }
    return traits;
  }

  /// All traits of a text, or-ed.
  static int of(String text) {
    int traits = PLAIN;
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      traits |= c < 128 ? TRAITS[c] : ENCODED;
      if (c == '.' && before == '.') {
        traits |= MARKED;
      }
      before = c;
    }
    return traits;
  }
}
