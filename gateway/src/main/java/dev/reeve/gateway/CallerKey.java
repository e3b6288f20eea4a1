package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.service.Role;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A key by which a caller is known. The key itself is kept nowhere.
///
/// @param name what people call it
/// @param sha256 SHA-256 of the key, which has too much chance in it to be guessed
/// @param principal who calls with it
/// @param role what they may do at most
/// @param access what it opens beyond its tenants
/// @param tenants the ones they may act for, at least one; a call that names none is for the first
/// @param expires when it is over; empty for never
public record CallerKey(
    String name,
    Bytes sha256,
    String principal,
    Role role,
    Access access,
    List<String> tenants,
    Optional<Instant> expires) {
  /// What a key opens beyond its tenants.
  public enum Access {
    /// Nothing.
    TENANT,
    /// How the server is: `/metrics`, and the whole of `/healthz`.
    MONITOR,
    /// Whatever the operator of this machine may do, for every tenant.
    OPERATOR
  }

  public CallerKey {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(principal, "principal");
    tenants = List.copyOf(tenants);
    Check.argument(!tenants.isEmpty(), "tenants: none (expected: one or more)");
    Check.argument(
        access != Access.OPERATOR || role == Role.ADMIN,
        "role: %s (expected: ADMIN with the operator's access)",
        role);
  }

  /// A key of one tenant that opens nothing beyond it.
  public static CallerKey of(
      String name,
      Bytes sha256,
      String principal,
      Role role,
      String tenant,
      Optional<Instant> expires) {
    return new CallerKey(name, sha256, principal, role, Access.TENANT, List.of(tenant), expires);
  }

  /// Whether the same may be done with it.
  boolean opensTheSame(CallerKey other) {
    return principal.equals(other.principal)
        && role == other.role
        && access == other.access
        && tenants.equals(other.tenants);
  }

  /// Whether it is over.
  boolean isOver(Instant now) {
    return expires.filter(end -> !now.isBefore(end)).isPresent();
  }

  boolean isOperators() {
    return access == Access.OPERATOR;
  }
}
