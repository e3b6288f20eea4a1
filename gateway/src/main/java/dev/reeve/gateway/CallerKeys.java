package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The keys of callers. Immutable.
public final class CallerKeys {
  /// None at all.
  public static final CallerKeys NONE = new CallerKeys(Map.of());

  private final Map<Bytes, CallerKey> bySha256;

  private CallerKeys(Map<Bytes, CallerKey> bySha256) {
    this.bySha256 = bySha256;
  }

  /// These.
  ///
  /// @throws IllegalStateException when two are the same key
  public static CallerKeys of(Collection<CallerKey> keys) {
    return new CallerKeys(
        keys.stream()
            .collect(Collectors.toUnmodifiableMap(CallerKey::sha256, Function.identity())));
  }

  /// How many there are.
  public int size() {
    return bySha256.size();
  }

  /// The entry of a key that is not over. How long it takes tells nothing about a key: looked up
  /// and compared are hashes.
  Optional<CallerKey> find(String key, Instant now) {
    Bytes digest = Sha256.of(Bytes.utf8(key));
    return Optional.ofNullable(bySha256.get(digest))
        .filter(entry -> MessageDigest.isEqual(entry.sha256().unsafeArray(), digest.unsafeArray()))
        .filter(entry -> !entry.isOver(now));
  }

  /// Whether a key that was shown before is still here, is not over, and opens the same.
  boolean stillHold(CallerKey shown, Instant now) {
    CallerKey entry = bySha256.get(shown.sha256());
    return entry != null && !entry.isOver(now) && entry.opensTheSame(shown);
  }
}
