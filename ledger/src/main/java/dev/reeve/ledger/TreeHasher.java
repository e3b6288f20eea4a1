package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;

/// The two hashes of the tree (RFC 9162 section 2.1.1): a leaf is SHA-256(0x00 || bytes), a node is
/// SHA-256(0x01 || left || right). The prefixes keep a node from being passed off as a leaf.
///
/// Uses one digest over and over: not thread-safe, one for each thread.
public final class TreeHasher {
  /// Root of the tree without leaves: SHA-256 of nothing.
  public static final Bytes EMPTY_ROOT = Sha256.of(Bytes.EMPTY);

  static final int LENGTH = Sha256.LENGTH;

  private static final byte LEAF_PREFIX = 0;
  private static final byte NODE_PREFIX = 1;

  private final MessageDigest digest;

  /// Hashes with this digest.
  ///
  /// @param digest a SHA-256 digest that nobody else uses from now on
  public TreeHasher(MessageDigest digest) {
    this.digest = digest;
    digest.reset();
  }

  /// Hashes with a digest of its own.
  public static TreeHasher create() {
    return new TreeHasher(Sha256.newDigest());
  }

  /// Hash of a leaf.
  public Bytes leaf(Bytes canonicalLeaf) {
    digest.update(LEAF_PREFIX);
    digest.update(canonicalLeaf.unsafeArray());
    return Bytes.wrap(digest.digest());
  }

  /// Hash of a leaf that was just written.
  Bytes leaf(CanonicalWriter canonicalLeaf) {
    digest.update(LEAF_PREFIX);
    canonicalLeaf.digestInto(digest);
    return Bytes.wrap(digest.digest());
  }

  /// Hash of the node above two others.
  public Bytes node(Bytes left, Bytes right) {
    digest.update(NODE_PREFIX);
    digest.update(left.unsafeArray());
    digest.update(right.unsafeArray());
    return Bytes.wrap(digest.digest());
  }

  /// Hashes the two neighbours at `at` and `at + 32` into the place of the left one.
  void nodeInPlace(byte[] hashes, int at) {
    digest.update(NODE_PREFIX);
    digest.update(hashes, at, 2 * LENGTH);
    try {
      digest.digest(hashes, at, LENGTH);
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 digest fits into 32 bytes", e);
    }
  }
}
