package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import java.util.random.RandomGenerator;

/// A promise about bytes that a leaf can carry for ever: SHA-256(salt || bytes).
///
/// The salt is kept beside the bytes, outside the leaf. Who has salt and bytes can prove what was
/// said; once the salt is deleted, even a guess at short bytes cannot be confirmed.
///
/// @param salt 16 random bytes
/// @param hash what stands in the leaf
public record SaltedCommitment(Bytes salt, Bytes hash) {
  /// Length of a salt in bytes. It is fixed, so that salt and bytes cannot be cut differently.
  public static final int SALT_LENGTH = 16;

  public SaltedCommitment {
    checkSalt(salt);
    Check.argument(
        hash.size() == Sha256.LENGTH, "hash: %s bytes (expected: %s)", hash.size(), Sha256.LENGTH);
  }

  /// Commits to bytes with a fresh salt.
  ///
  /// @param random must be cryptographically strong in production
  public static SaltedCommitment of(RandomGenerator random, Bytes bytes) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return of(Bytes.wrap(salt), bytes);
  }

  /// Commits to bytes with a salt that was drawn before.
  public static SaltedCommitment of(Bytes salt, Bytes bytes) {
    checkSalt(salt);
    return new SaltedCommitment(salt, Sha256.ofAll(salt.unsafeArray(), bytes.unsafeArray()));
  }

  /// Whether these are the bytes that were committed to.
  public boolean opens(Bytes bytes) {
    return of(salt, bytes).hash().equals(hash);
  }

  private static void checkSalt(Bytes salt) {
    Check.argument(
        salt.size() == SALT_LENGTH, "salt: %s bytes (expected: %s)", salt.size(), SALT_LENGTH);
  }
}
