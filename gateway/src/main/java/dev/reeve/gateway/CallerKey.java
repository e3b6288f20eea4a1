package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.service.Role;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// A key by which a caller is known. The key itself is kept nowhere.
///
/// @param name what people call it
/// @param sha256 SHA-256 of the key, which has too much chance in it to be guessed
/// @param principal who calls with it
/// @param role what they may do at most
/// @param tenant the one they may act for
/// @param expires when it is over; empty for never
public record CallerKey(
    String name,
    Bytes sha256,
    String principal,
    Role role,
    String tenant,
    Optional<Instant> expires) {
  public CallerKey {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(tenant, "tenant");
  }
}
