package dev.reeve.routing;

import java.util.Map;
import java.util.Optional;

/// What came back from an extension.
public sealed interface ExtensionReply {
  /// It answered.
  ///
  /// @param payload what replaces the payload; empty leaves it
  /// @param metadata JSON values merged into the context
  /// @param rejected a validator said no, by `status: reject` or `valid: false`
  /// @param reason the validator's own words; may be empty
  /// @param details the validator's own details, JSON values
  record Answered(
      Optional<Object> payload,
      Map<String, Object> metadata,
      boolean rejected,
      String reason,
      Map<String, Object> details)
      implements ExtensionReply {}

  /// It did not answer, or not as it should.
  record Failed(Failure failure, String message) implements ExtensionReply {}

  /// Why not.
  enum Failure {
    NOT_FOUND(RefusalCode.EXTENSION_NOT_FOUND),
    TIMEOUT(RefusalCode.EXTENSION_TIMEOUT),
    UNAVAILABLE(RefusalCode.EXTENSION_UNAVAILABLE),
    ERROR(RefusalCode.EXTENSION_ERROR);

    private final RefusalCode code;

    Failure(RefusalCode code) {
      this.code = code;
    }

    RefusalCode code() {
      return code;
    }
  }

  /// An answer that changes nothing and rejects nothing.
  static ExtensionReply fine() {
    return new Answered(Optional.empty(), Map.of(), false, "", Map.of());
  }
}
