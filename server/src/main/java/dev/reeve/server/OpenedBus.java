package dev.reeve.server;

import dev.reeve.bus.InProcessBus;
import dev.reeve.bus.NatsBus;
import dev.reeve.bus.NatsSettings;
import dev.reeve.service.bus.Bus;
import java.io.IOException;

/// Opens the bus that the configuration names.
final class OpenedBus {
  private OpenedBus() {}

  /// A bus, connected or not: a broker that is not there does not stop a start.
  ///
  /// @throws dev.reeve.base.ProblemException `CONFIG_INVALID` when a file of its credentials cannot
  ///   be used
  static Bus open(BusConfig config) {
    if (config.nats().isEmpty()) {
      return new InProcessBus(config.limits());
    }
    NatsSettings settings = config.nats().get();
    try {
      settings.check();
    } catch (IOException e) {
      throw ServerProblems.CONFIG_INVALID
          .because("bus.nats: " + e.getMessage() + " (expected: files that can be used)")
          .toException();
    }
    return NatsBus.open(settings, config.limits());
  }
}
