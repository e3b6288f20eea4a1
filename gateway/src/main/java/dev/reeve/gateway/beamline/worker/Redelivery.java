package dev.reeve.gateway.beamline.worker;

import dev.reeve.service.bus.Delivery;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// When a message that could not be handled comes again: after 1, 2, then 4 seconds, each up to a
/// fifth longer by chance.
record Redelivery(RandomGenerator random) {
  private static final long FIRST_MS = 1_000;
  private static final int DOUBLINGS_MAX = 2;
  private static final double JITTER = 0.2;

  void giveBack(Delivery delivery) {
    long base = FIRST_MS << Math.clamp(delivery.count() - 1, 0, DOUBLINGS_MAX);
    delivery.nak(Duration.ofMillis(base + (long) (base * JITTER * random.nextDouble())));
  }
}
