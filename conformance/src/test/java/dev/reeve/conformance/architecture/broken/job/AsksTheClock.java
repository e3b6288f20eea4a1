package dev.reeve.conformance.architecture.broken.job;

import java.time.Instant;

final class AsksTheClock {
  Instant deadline() {
    return Instant.now();
  }
}
