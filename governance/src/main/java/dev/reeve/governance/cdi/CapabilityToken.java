package dev.reeve.governance.cdi;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import java.util.Objects;

/// The right to take one action once: made when the decision point allows it, spent when it is
/// taken.
///
/// @param tokenId 32 hex digits
/// @param actionId the registered action
/// @param actor who may take it
/// @param context the call that it was allowed for
/// @param issuedAtMicros when it was made, microseconds since 1970 UTC
/// @param expiresAtMicros when it ends
/// @param maxUse how often it may be spent
/// @param useCount how often it was spent when it was made: never
/// @param bootKeyId of the key that signed it
/// @param signature HMAC-SHA-256 over the other members; empty while it stays in the process
public record CapabilityToken(
    String tokenId,
    String actionId,
    String actor,
    Context context,
    long issuedAtMicros,
    long expiresAtMicros,
    int maxUse,
    int useCount,
    String bootKeyId,
    Bytes signature) {
  private static final int SIZE_EXPECTED = 512;

  public CapabilityToken {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(signature, "signature");
  }

  /// The call that a token is for.
  ///
  /// @param route path of the method
  /// @param method how it is called, `POST` for every call of gRPC
  /// @param requestHash hex SHA-256 of the request as the handler gets it
  public record Context(String route, String method, String requestHash) {}

  CapabilityToken signed(Bytes newSignature) {
    return new CapabilityToken(
        tokenId,
        actionId,
        actor,
        context,
        issuedAtMicros,
        expiresAtMicros,
        maxUse,
        useCount,
        bootKeyId,
        newSignature);
  }

  /// What is signed: every other member, as canonical JSON.
  Bytes signedBytes() {
    return new CanonicalWriter(SIZE_EXPECTED)
        .beginObject()
        .member("action_id", actionId)
        .member("actor", actor)
        .member("boot_key_id", bootKeyId)
        .key("context")
        .beginObject()
        .member("method", context.method())
        .member("request_hash", context.requestHash())
        .member("route", context.route())
        .endObject()
        .member("expires_at", expiresAtMicros)
        .member("issued_at", issuedAtMicros)
        .member("max_use", maxUse)
        .member("token_id", tokenId)
        .member("use_count", useCount)
        .endObject()
        .toBytes();
  }
}
