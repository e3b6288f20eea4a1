package dev.reeve.bus;

import dev.reeve.service.bus.Bus;

class InProcessBusTest extends BusContract {
  @Override
  Bus open(BusLimits limits) {
    return new InProcessBus(limits);
  }
}
