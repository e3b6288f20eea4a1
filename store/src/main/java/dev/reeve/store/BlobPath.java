package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.nio.file.Path;

/// Where a blob's file lies: `TENANT/XX/SHA256`. Tenants are hashed, so that no name of theirs has
/// to be a legal file name; XX, the first byte of the digest, keeps folders small.
final class BlobPath {
  private static final int TENANT_HEX_LENGTH = 32;

  private BlobPath() {}

  static Path of(Path folder, String tenant, Bytes sha256) {
    String digest = sha256.hex();
    return folder.resolve(tenantFolder(tenant)).resolve(digest.substring(0, 2)).resolve(digest);
  }

  static String tenantFolder(String tenant) {
    return Sha256.of(Bytes.utf8(tenant)).hex().substring(0, TENANT_HEX_LENGTH);
  }

  /// The folder a blob's file lies in.
  static Path folderOf(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("blob file: " + file + " (expected: within a folder)");
    }
    return parent;
  }
}
