package dev.reeve.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.testing.Await;
import dev.reeve.testing.PostgresDatabase;
import dev.reeve.testing.PostgresServer;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// One node owns a log, and another takes over when it is gone.
final class PostgresLeaseIT {
  private final PostgresDatabase database = PostgresServer.shared().createDatabase();

  @Test
  void a_second_node_is_told_who_owns_the_log_and_for_how_long() throws StoreException {
    try (OpenStore owner = open("node-a")) {
      assertThatThrownBy(() -> open("node-b"))
          .isInstanceOf(StoreException.OwnedElsewhere.class)
          .hasMessageMatching("log: owned by node node-a for [0-3]\\.\\d s more .*");

      assertThat(owner.log().head().epoch()).isEqualTo(1);
    }
  }

  @Test
  void a_node_that_closes_leaves_the_log_free_at_once() throws StoreException {
    open("node-a").close();

    try (OpenStore next = open("node-b")) {
      assertThat(next.log().head().epoch()).isEqualTo(2);
    }
  }

  @Test
  void a_silent_owner_is_replaced_and_fenced_for_ever() throws StoreException {
    OpenStore silent = open("node-a");
    silent.log().commit(CommitBuilder.after(silent.log().head()).job().build());
    LogHead head = silent.log().head();

    try (OpenStore next = Standby.waitFor(database.url(), "node-b")) {
      assertThat(next.log().head().position()).isEqualTo(1);
      assertThat(next.log().head().epoch()).isEqualTo(2);

      assertThatThrownBy(() -> silent.log().commit(CommitBuilder.after(head).job().build()))
          .isInstanceOf(StoreException.OwnershipLost.class);
      assertThatThrownBy(silent::renewLease).isInstanceOf(StoreException.OwnershipLost.class);
      assertThatThrownBy(() -> silent.log().reopen())
          .isInstanceOf(StoreException.OwnershipLost.class);
      next.log().commit(CommitBuilder.after(next.log().head()).job().build());
      assertThat(next.log().archive().find(2)).isPresent();

      // Its end takes nothing from the new owner.
      silent.close();
      assertThatThrownBy(() -> open("node-c")).isInstanceOf(StoreException.OwnedElsewhere.class);
    }
  }

  @Test
  void an_owner_that_renews_stays_the_owner() throws StoreException {
    try (OpenStore owner = open("node-a")) {
      long start = System.nanoTime();
      Duration twoLeases = Duration.ofMillis(2 * OpenStore.LEASE_MILLIS);
      Await.until(
          "two leases have passed",
          () -> {
            renew(owner);
            assertThatThrownBy(() -> open("node-b"))
                .isInstanceOf(StoreException.OwnedElsewhere.class);
            return System.nanoTime() - start > twoLeases.toNanos();
          });

      owner.log().commit(CommitBuilder.after(owner.log().head()).job().build());
    }
  }

  @Test
  void renewing_goes_on_beside_commits() throws StoreException {
    try (OpenStore owner = open("node-a")) {
      for (int i = 0; i < 50; i++) {
        owner.log().commit(CommitBuilder.after(owner.log().head()).job().build());
        owner.renewLease();
      }
      assertThat(owner.log().head().position()).isEqualTo(50);
    }
  }

  private static void renew(OpenStore owner) {
    try {
      owner.renewLease();
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  private OpenStore open(String node) throws StoreException {
    return Stores.postgres(database.url(), node, InstantSource.system());
  }
}
