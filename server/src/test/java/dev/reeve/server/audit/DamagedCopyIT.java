package dev.reeve.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.AuditDamage;
import dev.reeve.testing.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bits of a copied data directory cannot be turned without being found: one of each byte of a
/// receipt, of the signed head and of the keys, some of a larger log.
@Seeded
class DamagedCopyIT {
  private static final int SAMPLES = 100;
  private static final int RECEIPTS = 600;

  private @TempDir Path folder;
  private Path data;

  @BeforeEach
  void keep_a_log() throws StoreException {
    Path live = folder.resolve("live");
    try (StoredAudit audit = StoredAudit.open(live).add(2).sign()) {
      assertThat(audit.size()).isEqualTo(3);
    }
    data = StoredAudit.copy(live, folder.resolve("data"));
  }

  @Test
  void every_byte_of_a_receipt_counts(RandomGenerator random) throws IOException {
    Path database = data.resolve("reeve.db");
    byte[] bytes = Files.readAllBytes(database);
    int from = indexOf(bytes, "{\"action\":\"action:job:submit\"");
    int to = indexOf(bytes, from, "\"v\":1}") + 6;

    assertThat(undetected(database, bytes, from, to, random)).isEmpty();
  }

  @Test
  void every_byte_of_the_signed_head_counts(RandomGenerator random) throws IOException {
    Path head = data.resolve("audit/head");
    byte[] bytes = Files.readAllBytes(head);

    assertThat(undetected(head, bytes, 0, bytes.length, random)).isEmpty();
  }

  @Test
  void every_byte_of_the_keys_counts(RandomGenerator random) throws IOException {
    Path keys = data.resolve("audit/keys.jsonl");
    byte[] bytes = Files.readAllBytes(keys);

    assertThat(undetected(keys, bytes, 0, bytes.length, random)).isEmpty();
  }

  @Test
  void a_changed_receipt_is_named() throws IOException {
    Path database = data.resolve("reeve.db");
    byte[] bytes = Files.readAllBytes(database);
    bytes[indexOf(bytes, "\"job-1\"") - 30] ^= 1;
    Files.write(database, bytes);

    assertThatThrownBy(() -> StoredAudit.verify(data))
        .isInstanceOf(AuditDamage.class)
        .hasMessageContaining("index 1");
  }

  @Test
  void bits_of_a_larger_log_count(RandomGenerator random) throws IOException, StoreException {
    Path live = folder.resolve("large");
    StoredAudit.open(live).add(RECEIPTS).sign().close();
    Path database = live.resolve("reeve.db");
    byte[] bytes = Files.readAllBytes(database);

    for (int i = 0; i < SAMPLES; i++) {
      int receipt = 1 + random.nextInt(RECEIPTS);
      int offset = -1 - random.nextInt(140);
      int bit = 1 << random.nextInt(8);
      flipEverywhere(bytes, receipt, offset, bit);
      Files.write(database, bytes);
      assertThat(verifies(live)).as("receipt %s, byte %s, bit %s", receipt, offset, bit).isFalse();
      flipEverywhere(bytes, receipt, offset, bit);
    }
    Files.write(database, bytes);
    assertThat(verifies(live)).isTrue();
  }

  /// A database file keeps old copies of rows that it has moved; only one of them is read.
  private static void flipEverywhere(byte[] bytes, int receipt, int offset, int bit) {
    String text = "\"job\":\"job-" + receipt + "\"";
    List<Integer> found = new ArrayList<>();
    for (int at = indexOf(bytes, 0, text); at > 0; at = indexOf(bytes, at + 1, text)) {
      found.add(at);
    }
    assertThat(found).isNotEmpty();
    found.forEach(at -> bytes[at + offset] ^= (byte) bit);
  }

  /// Turns one bit of each byte.
  private List<Integer> undetected(
      Path file, byte[] bytes, int from, int to, RandomGenerator random) throws IOException {
    assertThat(verifies(data)).isTrue();
    List<Integer> bits = new ArrayList<>();
    for (int at = from; at < to; at++) {
      int bit = at * 8 + random.nextInt(8);
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, bytes);
      if (verifies(data)) {
        bits.add(bit);
      }
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
    }
    Files.write(file, bytes);
    assertThat(verifies(data)).isTrue();
    return bits;
  }

  private static boolean verifies(Path copy) {
    try {
      StoredAudit.verify(copy);
      return true;
    } catch (AuditDamage | ProblemException e) {
      return false;
    }
  }

  private static int indexOf(byte[] bytes, String text) {
    int at = indexOf(bytes, 0, text);
    assertThat(at).isPositive();
    return at;
  }

  private static int indexOf(byte[] bytes, int from, String text) {
    byte[] wanted = Bytes.utf8(text).unsafeArray();
    for (int at = from; at <= bytes.length - wanted.length; at++) {
      int i = 0;
      while (i < wanted.length && bytes[at + i] == wanted[i]) {
        i++;
      }
      if (i == wanted.length) {
        return at;
      }
    }
    return -1;
  }
}
