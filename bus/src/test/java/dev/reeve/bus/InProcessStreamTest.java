package dev.reeve.bus;

import dev.reeve.service.bus.Bus;

class InProcessStreamTest extends StreamContract {
  @Override
  Bus open(BusLimits limits) {
    return new InProcessBus(limits);
  }
}
