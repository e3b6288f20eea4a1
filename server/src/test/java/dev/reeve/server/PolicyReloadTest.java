package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.InProcessBus;
import dev.reeve.service.bus.BusMessage;
import dev.reeve.testing.Await;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyReloadTest {
  private final FakeClock clock = new FakeClock();
  private final InProcessBus bus = new InProcessBus(BusLimits.standard());
  private final AtomicInteger reloads = new AtomicInteger();
  private final PolicyReload reload =
      new PolicyReload(bus, reloads::incrementAndGet, clock::nanoTime);

  @AfterEach
  void close() {
    bus.close();
  }

  private void tell(String words) {
    bus.publish(BusMessage.of("sys.config.changed", Bytes.utf8(words)));
  }

  private void awaitReloads(int count) {
    Await.until(
        "loaded " + count + " times",
        () -> {
          reload.look();
          return reloads.get() == count;
        });
  }

  @Test
  void policy_is_loaded_when_the_bus_says_that_something_changed() {
    reload.look();
    assertThat(reloads).hasValue(0);

    tell("");
    awaitReloads(1);
  }

  @Test
  void flood_loads_it_once_a_second_and_the_last_word_is_heard() {
    tell("first");
    awaitReloads(1);
    for (int i = 0; i < 100; i++) {
      tell("again");
    }
    reload.look();
    assertThat(reloads).hasValue(1);

    clock.advance(Duration.ofSeconds(1));
    awaitReloads(2);
  }
}
