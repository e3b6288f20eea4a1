package dev.reeve.conformance.wire;

import java.util.Locale;
import java.util.Set;

/// One dialect's share of the protocol.
enum WireDialect {
  BEAMLINE,
  CORDUM,
  EIGEN,
  MATHISON,
  REEVE;

  Set<String> packages() {
    return switch (this) {
      case BEAMLINE -> Set.of("beamline.flow.v1", "beamline.provider.v1", "beamline.worker.v1");
      case CORDUM -> Set.of("cordum.v1", "cordum.agent.v1");
      case EIGEN -> Set.of("eigen_api.v1", "eigen.api.v1", "eigen.internal.v1", "kernel_api.v0_1");
      case MATHISON -> Set.of("mathison");
      case REEVE -> Set.of("reeve.v1");
    };
  }

  /// Name of the text files that record the dialect.
  String fileName() {
    return name().toLowerCase(Locale.ROOT) + ".txt";
  }
}
