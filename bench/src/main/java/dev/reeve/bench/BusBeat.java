package dev.reeve.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Says every few seconds that a worker on the bus is there.
final class BusBeat implements AutoCloseable {
  private static final int SECONDS = 3;

  private final CountDownLatch over = new CountDownLatch(1);

  private BusBeat() {}

  /// The first beat is out when this returns.
  static BusBeat start(Runnable beat) {
    BusBeat beats = new BusBeat();
    beat.run();
    Thread.ofVirtual()
        .name("bench-beat")
        .start(() -> {
          try {
            while (!beats.over.await(SECONDS, TimeUnit.SECONDS)) {
              beat.run();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return beats;
  }

  @Override
  public void close() {
    over.countDown();
  }
}
