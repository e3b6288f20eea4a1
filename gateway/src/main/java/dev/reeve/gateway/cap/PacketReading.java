package dev.reeve.gateway.cap;

import dev.reeve.wire.cordum.agent.v1.BusPacket;

/// What bytes from the bus turned out to be.
sealed interface PacketReading {
  record Read(BusPacket packet) implements PacketReading {}

  record Faulty(PacketFault fault) implements PacketReading {}
}
