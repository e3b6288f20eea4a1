package dev.reeve.service.reservation;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;

/// A slot of a device that somebody has for a time.
///
/// @param id follows from all but the expiry, so the same request renews it
/// @param deviceId which device
/// @param purpose why, in the owner's words
/// @param owner whose
/// @param expiresAtMicros microseconds since 1970 UTC
public record Reservation(
    String id, String deviceId, String purpose, Owner owner, long expiresAtMicros) {
  /// What ids begin with.
  public static final String PREFIX = "rsv_";

  private static final int DIGEST_DIGITS = 12;

  /// Whose a reservation is: all three must be the same to use it.
  ///
  /// @param subject who it is
  /// @param tenant their tenant
  /// @param project within it; empty for none
  public record Owner(String subject, String tenant, String project) {}

  /// A reservation with the id that follows from the rest.
  static Reservation of(String deviceId, String purpose, Owner owner, long expiresAtMicros) {
    Bytes named =
        new CanonicalWriter()
            .beginObject()
            .member("device_id", deviceId)
            .member("owner_project", owner.project())
            .member("owner_subject", owner.subject())
            .member("owner_tenant", owner.tenant())
            .member("purpose", purpose)
            .endObject()
            .toBytes();
    String id = PREFIX + Sha256.of(named).hex().substring(0, DIGEST_DIGITS);
    return new Reservation(id, deviceId, purpose, owner, expiresAtMicros);
  }

  /// The same until the later of both ends: who renews for a shorter time keeps what was given.
  Reservation until(long otherExpiresAtMicros) {
    return new Reservation(
        id, deviceId, purpose, owner, Math.max(expiresAtMicros, otherExpiresAtMicros));
  }

  boolean isActive(long nowMicros) {
    return nowMicros < expiresAtMicros;
  }
}
