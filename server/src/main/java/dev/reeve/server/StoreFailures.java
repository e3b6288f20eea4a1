package dev.reeve.server;

import dev.reeve.base.Problem;
import dev.reeve.engine.port.StoreException;

/// What is said when the store cannot be opened at start.
final class StoreFailures {
  private StoreFailures() {}

  static Problem problem(StoreException e) {
    String message = "store: " + e.getMessage();
    return switch (e) {
      case StoreException.OwnedElsewhere _ -> ServerProblems.DATA_IN_USE.because(message);
      case StoreException.NewerFormat _ -> ServerProblems.DATA_NEWER.because(message);
      case StoreException.Damaged _ -> ServerProblems.DATA_DAMAGED.because(message);
      case StoreException.Unavailable _,
          StoreException.DiskFull _,
          StoreException.OwnershipLost _ ->
          ServerProblems.STORE_NOT_REACHABLE.because(message);
    };
  }
}
