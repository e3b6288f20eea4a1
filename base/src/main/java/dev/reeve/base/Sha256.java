package dev.reeve.base;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 (FIPS 180-4) over bytes in memory.
public final class Sha256 {
  /// Length of a digest in bytes.
  public static final int LENGTH = 32;

  /// Never updated, only copied: looking a digest up takes as long as hashing a short message.
  private static final MessageDigest UNUSED = lookedUp();

  private Sha256() {}

  public static MessageDigest newDigest() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return lookedUp();
    }
  }

  private static MessageDigest lookedUp() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public static Bytes of(Bytes bytes) {
    return of(bytes.unsafeArray());
  }

  public static Bytes of(byte[] bytes) {
    return Bytes.wrap(newDigest().digest(bytes));
  }

  /// Digest of the runs one after the other.
  public static Bytes ofAll(byte[]... runs) {
    MessageDigest digest = newDigest();
    for (byte[] run : runs) {
      digest.update(run);
    }
    return Bytes.wrap(digest.digest());
  }
}
