package dev.reeve.job;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;

/// A reference to a payload or result by what it is. The bytes are kept by the store.
///
/// @param contentType media type; may be empty when the caller gave none
/// @param sizeBytes true size
/// @param sha256 digest of the bytes, 32 bytes
public record Content(String contentType, long sizeBytes, Bytes sha256) {
  public Content {
    Storable.text("content_type", contentType);
    Check.argument(sizeBytes >= 0, "size: %s (expected: not negative)", sizeBytes);
    Check.argument(sha256.size() == 32, "sha256: %s bytes (expected: 32)", sha256.size());
  }

  public static Content of(String contentType, Bytes bytes) {
    return new Content(contentType, bytes.size(), dev.reeve.base.Sha256.of(bytes));
  }
}
