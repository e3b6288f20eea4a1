package dev.reeve.base;

import java.util.UUID;

/// The two shapes of id: ours (UUID version 7, RFC 9562, lower-case text) and caller-given names.
public final class Ids {
  /// Longest caller-given id in characters.
  public static final int GIVEN_LENGTH_MAX = 128;

  /// What a caller-given id must look like, for messages.
  public static final String GIVEN_SHAPE = "[A-Za-z0-9][A-Za-z0-9._-]{0,127} without \"..\"";

  /// Longest name of a tenant in characters.
  public static final int TENANT_LENGTH_MAX = 256;

  /// What a tenant's name must look like, for messages.
  public static final String TENANT_SHAPE = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,255} without \"..\"";

  private Ids() {}

  /// A UUID version 7.
  ///
  /// @param unixMillis milliseconds since 1970 UTC; the upper 48 bits, so ids sort by time
  /// @param randomHigh 12 random bits are taken from here
  /// @param randomLow 62 random bits are taken from here
  public static UUID uuidV7(long unixMillis, long randomHigh, long randomLow) {
    long most = (unixMillis << 16) | 0x7000L | (randomHigh & 0x0FFFL);
    long least = (randomLow & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(most, least);
  }

  /// Whether a caller may name a thing so. Such an id is safe as a file name and in a URL path.
  public static boolean isGiven(String id) {
    return !id.isEmpty()
        && id.length() <= GIVEN_LENGTH_MAX
        && isAlphanumeric(id.charAt(0))
        && hasGivenCharacters(id);
  }

  /// Whether a tenant may be called so: as [#isGiven], and whatever section 2.4 of the BeamLine
  /// contract allows, so up to 256 characters, the first also `_` or `-`. Safe in a URL path; no
  /// file is named so, for it may be too long and read as an option.
  public static boolean isTenant(String name) {
    return !name.isEmpty()
        && name.length() <= TENANT_LENGTH_MAX
        && name.charAt(0) != '.'
        && hasGivenCharacters(name);
  }

  private static boolean hasGivenCharacters(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean dotAfterDot = c == '.' && i > 0 && id.charAt(i - 1) == '.';
      if (dotAfterDot || !(isAlphanumeric(c) || c == '.' || c == '_' || c == '-')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
