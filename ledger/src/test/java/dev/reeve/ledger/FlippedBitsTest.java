package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.testing.Seeded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// No bit of an export or of a proof can be turned without being found: every one of a small log,
/// some of a large one.
class FlippedBitsTest {
  private static final int SAMPLES = 150;

  @Test
  void every_flipped_bit_of_a_small_export_is_found() {
    byte[] file = SampleLog.file(SampleLog.of(3).export());

    assertThat(verifies(file)).isTrue();
    assertThat(undetected(file)).isEmpty();
  }

  @Test
  void every_flipped_bit_of_a_proof_is_found() {
    byte[] file = SampleLog.file(List.of(SampleLog.of(5).proven(3, 5)));

    assertThat(verifies(file)).isTrue();
    assertThat(undetected(file)).isEmpty();
  }

  @Test
  void every_flipped_bit_of_a_stored_receipt_is_found() {
    SampleLog log = SampleLog.of(4);
    StoredLogVerifier.Against against = log.against(4);
    StoredLog.StoredCommit commit = log.commits.get(0);
    byte[] leaf = commit.leaves().get(1).toArray();

    for (int bit = 0; bit < leaf.length * 8; bit++) {
      flip(leaf, bit);
      log.commits.set(
          0,
          new StoredLog.StoredCommit(
              1,
              commit.atMicros(),
              List.of(commit.leaves().get(0), Bytes.copyOf(leaf), commit.leaves().get(2))));
      assertThat(stands(log, against)).as("bit %s", bit).isFalse();
      flip(leaf, bit);
    }
  }

  @Test
  void every_flipped_bit_of_the_stored_edge_is_found() {
    SampleLog log = SampleLog.of(3);
    StoredLogVerifier.Against against = log.against(3);
    byte[] edge = log.frontier.toArray();

    for (int bit = 0; bit < edge.length * 8; bit++) {
      flip(edge, bit);
      log.frontier = Bytes.copyOf(edge);
      assertThat(stands(log, against)).as("bit %s", bit).isFalse();
      flip(edge, bit);
    }
  }

  private static boolean stands(SampleLog log, StoredLogVerifier.Against against) {
    try {
      StoredLogVerifier.verify(log, against, _ -> {});
      return true;
    } catch (AuditDamage e) {
      return false;
    }
  }

  @Test
  void every_truncation_of_a_small_export_is_found() {
    byte[] file = SampleLog.file(SampleLog.of(3).export());

    for (int length = 0; length < file.length; length++) {
      assertThat(verifies(Arrays.copyOf(file, length))).as("length %s", length).isFalse();
    }
  }

  @Seeded
  @Test
  void flipped_bits_of_a_large_export_are_found(RandomGenerator random) {
    byte[] file = SampleLog.file(SampleLog.of(1_000).export());

    for (int i = 0; i < SAMPLES; i++) {
      int bit = random.nextInt(file.length * 8);
      flip(file, bit);
      assertThat(verifies(file)).as("bit %s", bit).isFalse();
      flip(file, bit);
    }
    assertThat(verifies(file)).isTrue();
  }

  private static List<Integer> undetected(byte[] file) {
    List<Integer> bits = new ArrayList<>();
    for (int bit = 0; bit < file.length * 8; bit++) {
      flip(file, bit);
      if (verifies(file)) {
        bits.add(bit);
      }
      flip(file, bit);
    }
    return bits;
  }

  private static void flip(byte[] file, int bit) {
    file[bit / 8] ^= (byte) (1 << (bit % 8));
  }

  private static boolean verifies(byte[] file) {
    try {
      ExportReader.verify(new ByteArrayInputStream(file), Optional.empty());
      return true;
    } catch (AuditDamage e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
