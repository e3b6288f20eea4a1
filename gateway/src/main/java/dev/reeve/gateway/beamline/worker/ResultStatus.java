package dev.reeve.gateway.beamline.worker;

import java.util.Locale;
import java.util.Optional;

/// How an assignment ended.
enum ResultStatus {
  SUCCESS,
  ERROR,
  TIMEOUT,
  CANCELLED;

  /// As it is written.
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A status of a result, or that of a step, whose `ok` is success.
  static Optional<ResultStatus> of(String wire) {
    return switch (wire) {
      case "success", "ok" -> Optional.of(SUCCESS);
      case "error" -> Optional.of(ERROR);
      case "timeout" -> Optional.of(TIMEOUT);
      case "cancelled" -> Optional.of(CANCELLED);
      default -> Optional.empty();
    };
  }
}
