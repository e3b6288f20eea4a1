package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Check;
import java.nio.charset.StandardCharsets;

/// One line of a log's key history: from which size on a key signs. The first key vouches for
/// itself, each further one is vouched for by the one before.
///
/// Canonical members: `at`, `by`, `from`, `key`, `sig`, `v`. Signed is the same without `sig`,
/// behind the line `reeve audit key`.
///
/// @param key the key
/// @param fromSize number of leaves when it was put in force
/// @param atMicros when, microseconds since 1970 UTC
/// @param by id of the key that vouches for it
/// @param signature of that key
public record KeyRecord(LogKey key, long fromSize, long atMicros, Bytes by, Bytes signature) {
  private static final int VERSION = 1;
  private static final String DOMAIN = "reeve audit key\n";

  public KeyRecord {
    Check.argument(by.size() == LogKey.ID_LENGTH, "by: %s bytes (expected: 4)", by.size());
    Check.argument(
        fromSize >= 0 && fromSize <= CanonicalWriter.INTEGER_MAX,
        "from: %s (expected: 0 to 2^53)",
        fromSize);
    Check.argument(
        atMicros >= 0 && atMicros <= CanonicalWriter.INTEGER_MAX,
        "at: %s (expected: 0 to 2^53)",
        atMicros);
  }

  /// Vouches for a key.
  ///
  /// @param signer the key before, or the key itself when it is the first
  public static KeyRecord of(LogKey key, long fromSize, long atMicros, LogSigner signer) {
    Bytes by = signer.key().id();
    Bytes unsigned = new KeyRecord(key, fromSize, atMicros, by, Bytes.EMPTY).message();
    return new KeyRecord(key, fromSize, atMicros, by, signer.sign(unsigned));
  }

  /// Whether this key vouched for it.
  boolean isVouchedBy(LogKey voucher) {
    return by.equals(voucher.id()) && voucher.signed(message(), signature);
  }

  private Bytes message() {
    CanonicalWriter out = new CanonicalWriter(256);
    write(out, false);
    byte[] domain = DOMAIN.getBytes(StandardCharsets.UTF_8);
    byte[] body = out.toBytes().unsafeArray();
    byte[] both = java.util.Arrays.copyOf(domain, domain.length + body.length);
    System.arraycopy(body, 0, both, domain.length, body.length);
    return Bytes.wrap(both);
  }

  /// The canonical bytes.
  public Bytes toBytes() {
    CanonicalWriter out = new CanonicalWriter(512);
    write(out, true);
    return out.toBytes();
  }

  private void write(CanonicalWriter out, boolean signed) {
    out.beginObject()
        .member("at", atMicros)
        .member("by", by)
        .member("from", fromSize)
        .member("key", key.text());
    if (signed) {
      out.member("sig", signature);
    }
    out.member("v", VERSION).endObject();
  }

  /// Reads the members that [#toBytes()] writes.
  ///
  /// @throws CanonicalFormatException when they are not those of a record of this version
  public static KeyRecord of(CanonicalObject object) {
    if (object.number("v") != VERSION) {
      throw new CanonicalFormatException("key: version " + object.number("v"));
    }
    try {
      return new KeyRecord(
          LogKey.read(object.text("key")),
          object.number("from"),
          object.number("at"),
          object.bytes("by"),
          object.bytes("sig"));
    } catch (IllegalArgumentException e) {
      throw new CanonicalFormatException("key: " + e.getMessage(), e);
    }
  }
}
