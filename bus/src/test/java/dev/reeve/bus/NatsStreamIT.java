package dev.reeve.bus;

import dev.reeve.service.bus.Bus;
import dev.reeve.testing.NatsServer;

class NatsStreamIT extends StreamContract {
  @Override
  Bus open(BusLimits limits) {
    return NatsBus.open(NatsSettings.of(NatsServer.shared().uri()), limits);
  }
}
