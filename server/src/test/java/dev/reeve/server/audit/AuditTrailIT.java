package dev.reeve.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.AuditDamage;
import dev.reeve.ledger.TreeHead;
import dev.reeve.ledger.Verified;
import dev.reeve.service.Caller;
import dev.reeve.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailIT {
  private @TempDir Path folder;

  @Test
  void a_log_verifies_across_restarts() throws StoreException {
    Path data = folder.resolve("data");
    String origin;
    try (StoredAudit first = StoredAudit.open(data).add(300)) {
      origin = first.trail.signer().signed().keys().origin();
    }
    try (StoredAudit second = StoredAudit.open(data).add(5)) {
      assertThat(second.trail.signer().signed().keys().origin()).isEqualTo(origin);
    }

    Verified verified = StoredAudit.verify(data);

    assertThat(verified.receipts()).isEqualTo(306);
    assertThat(verified.unsigned()).isZero();
  }

  @Test
  void a_log_in_use_and_a_copy_of_it_verify() throws StoreException {
    Path data = folder.resolve("data");
    try (StoredAudit audit = StoredAudit.open(data).add(10).sign()) {
      Path copy = StoredAudit.copy(data, folder.resolve("copy"));

      assertThat(StoredAudit.verify(data).receipts()).isEqualTo(audit.size());
      assertThat(StoredAudit.verify(copy).receipts()).isEqualTo(audit.size());
    }
  }

  @Test
  void receipts_that_a_killed_process_did_not_sign_are_signed_at_the_next_start()
      throws StoreException {
    Path data = folder.resolve("data");
    StoredAudit killed = StoredAudit.open(data).add(4).sign().add(6);
    killed.kill();

    Verified before = StoredAudit.verify(data);
    StoredAudit.open(data).kill();
    Verified after = StoredAudit.verify(data);

    // The signer's own thread may have come in between.
    assertThat(before.receipts()).isEqualTo(11);
    assertThat(before.unsigned()).isBetween(0L, 6L);
    assertThat(after.unsigned()).isZero();
  }

  @Test
  void a_database_that_lacks_signed_receipts_is_refused_until_it_is_accepted()
      throws StoreException {
    Path data = folder.resolve("data");
    StoredAudit.open(data).add(4).sign().close();
    Path old = StoredAudit.copy(data, folder.resolve("old"));
    StoredAudit.open(data).add(4).sign().close();
    restore(old, data);

    assertThatThrownBy(() -> StoredAudit.open(data))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().reason()).isEqualTo("AUDIT_ROLLED_BACK"))
        .hasMessageContaining("has 5 receipts, 9 were signed");
    assertThatThrownBy(() -> StoredAudit.verify(data))
        .isInstanceOf(AuditDamage.class)
        .hasMessageContaining("the signed head has 9 receipts, here are 5");

    StoredAudit.open(data, true).close();

    assertThat(StoredAudit.verify(data).receipts()).isEqualTo(6);
  }

  @Test
  void a_database_with_other_receipts_is_refused() throws StoreException {
    Path data = folder.resolve("data");
    StoredAudit.open(data).add(4).sign().close();
    Path old = StoredAudit.copy(data, folder.resolve("old"));
    StoredAudit.open(data).add(4).sign().close();
    StoredAudit.open(old).add(7, "mallory").sign().close();
    restore(old, data);

    assertThatThrownBy(() -> StoredAudit.open(data))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().reason()).isEqualTo("AUDIT_INCONSISTENT"));
  }

  @Test
  void a_log_in_postgresql_verifies_across_restarts() throws StoreException {
    Path data = folder.resolve("data");
    String url = PostgresServer.shared().createDatabase().url();
    StoredAudit.openPostgres(data, url).add(260).close();
    StoredAudit.openPostgres(data, url).add(5).close();

    Verified verified = StoredAudit.verify(data, Optional.of(url));

    assertThat(verified.receipts()).isEqualTo(266);
    assertThat(verified.unsigned()).isZero();
  }

  @Test
  void the_private_key_is_for_its_owner_alone() throws StoreException, IOException {
    Path data = folder.resolve("data");
    StoredAudit.open(data).close();

    try (Stream<Path> files = Files.list(data.resolve("audit"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".pem")).toList())
          .singleElement()
          .satisfies(key ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void a_rotated_key_signs_from_then_on_and_old_heads_stay_good() throws Exception {
    Path data = folder.resolve("data");
    TreeHead old;
    try (StoredAudit audit = StoredAudit.open(data).add(3).sign()) {
      old = audit.trail.signer().signed().head();
      CompletableFuture<?> rotated =
          audit
              .trail
              .signer()
              .rotate(Caller.localOperator("acme", "", "reeve", "t", "127.0.0.1"), Runnable::run);
      audit.add(2);
      rotated.get();
      audit.sign();
    }
    StoredAudit.open(data).add(1).close();

    Verified verified = StoredAudit.verify(data);

    assertThat(verified.keys().records()).hasSize(2);
    assertThat(verified.head().keyId()).isNotEqualTo(old.keyId());
    verified.keys().check(old);
  }

  /// Puts an older database under newer heads.
  private static void restore(Path from, Path to) {
    try {
      for (String name : new String[] {"reeve.db", "reeve.db-wal", "reeve.db-shm"}) {
        Files.deleteIfExists(to.resolve(name));
        if (Files.exists(from.resolve(name))) {
          Files.copy(from.resolve(name), to.resolve(name));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
