package dev.reeve.scan;

/// Shannon entropy of short texts.
final class Entropy {
  private Entropy() {}

  /// Bits per character of the distribution of characters within the text; 0 for an empty one.
  static double bitsPerCharacter(String text) {
    int[] counts = new int[256];
    for (int i = 0; i < text.length(); i++) {
      counts[text.charAt(i) & 0xff]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / text.length();
        bits -= share * (Math.log(share) / Math.log(2));
      }
    }
    return bits;
  }
}
