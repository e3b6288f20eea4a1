package dev.reeve.conformance.architecture.broken.job;

import java.util.UUID;

final class AsksChance {
  UUID id() {
    return UUID.randomUUID();
  }
}
