package dev.reeve.gateway.cap;

import dev.reeve.base.Bytes;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.service.Caller;
import dev.reeve.service.PointerStore;
import java.util.Optional;

/// Pointers of the contract: `redis://` and a key, without a host.
final class Pointers {
  static final String CONTEXT = "ctx:";
  static final String RESULT = "res:";
  static final String ARTIFACT = "art:";

  /// What a pointer looks like, for messages.
  static final String SHAPE = "redis://ctx:NAME, redis://res:JOB or redis://art:NAME";

  private static final String SCHEME = "redis://";
  private static final int LENGTH_MAX = 512;

  private Pointers() {}

  static String of(String kind, String name) {
    return SCHEME + kind + name;
  }

  /// The key of a pointer; empty when it is none that we read.
  static Optional<String> key(String pointer) {
    boolean known = pointer.startsWith(SCHEME) && FieldChecks.isLine(pointer, LENGTH_MAX);
    String key = known ? pointer.substring(SCHEME.length()) : "";
    boolean named = isOf(key, CONTEXT) || isOf(key, RESULT) || isOf(key, ARTIFACT);
    return named ? Optional.of(key) : Optional.empty();
  }

  /// What was kept under a key for a tenant, or by somebody who named no tenant.
  static Optional<Bytes> find(PointerStore pointers, String tenant, String key) {
    Optional<Bytes> own = pointers.get(tenant, key);
    return own.isPresent() || tenant.equals(Caller.TENANT_DEFAULT)
        ? own
        : pointers.get(Caller.TENANT_DEFAULT, key);
  }

  private static boolean isOf(String key, String kind) {
    return key.startsWith(kind) && key.length() > kind.length();
  }
}
