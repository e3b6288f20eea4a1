package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedHeadTest {
  private final SecureRandom random = new SecureRandom();
  private final LogSigner first = LogSigner.forNewLog(random);
  private final KeyHistory history = KeyHistory.begin(first, 0, 5);

  @Test
  void a_head_is_a_note_that_other_tools_read() {
    TreeHead head = head(first, 42);

    List<String> lines = head.note().lines().toList();

    assertThat(lines.get(0)).matches("reeve/[0-9a-f]{32}");
    assertThat(lines.get(1)).isEqualTo("42");
    assertThat(lines.get(2)).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    assertThat(lines.get(3)).isEqualTo("at 9000");
    assertThat(lines.get(4)).isEmpty();
    assertThat(lines.get(5)).startsWith("\u2014 " + history.origin() + " ");
    assertThat(lines).hasSize(6);
    assertThat(TreeHead.read(head.note())).isEqualTo(head);
  }

  /// The key that the signed-note specification prints (c2sp.org/signed-note).
  @Test
  void key_ids_are_those_of_signed_notes() {
    LogKey key = LogKey.read("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");

    assertThat(key.name()).isEqualTo("PeterNeumann");
    assertThat(key.id().hex()).isEqualTo("c74f20a3");
  }

  /// Made by the Python package cryptography from the seed 00 01 02 to 1f.
  @Test
  void heads_that_another_implementation_signed_verify() {
    LogKey key =
        LogKey.read(
            "reeve/56475aa75463474c0285df5dbf2bcab7+1d047886+"
                + "AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4");
    TreeHead head =
        TreeHead.read(
            """
            reeve/56475aa75463474c0285df5dbf2bcab7
            3
            SBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=
            at 9000

            — reeve/56475aa75463474c0285df5dbf2bcab7 HQR4hhJ3YLMEbDDRMXlqvpKOpTTwJeH47BLVnHBWq+DeJePNUtWIOzq1xqzVNjeu6v4Xx7YqzVUfF1YuhHr1SFZTfAs=
            """);

    assertThat(head.checkpoint().size()).isEqualTo(3);
    assertThat(head.keyId()).isEqualTo(key.id());
    assertThat(LogKey.originOf(key.publicKey())).isEqualTo(head.checkpoint().origin());
    assertThat(key.signed(Bytes.utf8(head.checkpoint().text()), head.signature())).isTrue();
  }

  @Test
  void signatures_of_witnesses_are_passed_over_in_a_kept_checkpoint() {
    TreeHead head = head(first, 42);
    String cosigned = head.note() + "\u2014 witness.example YWJjZGVm\n";

    assertThat(TreeHead.readCosigned(cosigned)).isEqualTo(head);
    assertThatThrownBy(() -> TreeHead.read(cosigned)).isInstanceOf(CanonicalFormatException.class);
  }

  @Test
  void a_new_key_is_vouched_for_by_the_one_before() {
    LogSigner second = LogSigner.forLog(history.origin(), random);
    KeyHistory rotated = history.rotatedTo(second.key(), 50, 6, first);

    assertThatCode(() -> rotated.check(head(second, 60))).doesNotThrowAnyException();
    assertThatCode(() -> rotated.check(head(first, 40))).doesNotThrowAnyException();
    assertThat(KeyHistory.of(rotated.records()).current().key()).isEqualTo(second.key());
  }

  @Test
  void a_key_that_was_replaced_signs_no_larger_tree() {
    LogSigner second = LogSigner.forLog(history.origin(), random);
    KeyHistory rotated = history.rotatedTo(second.key(), 50, 6, first);

    assertThatThrownBy(() -> rotated.check(head(first, 51)))
        .hasMessageContaining("not of a key in force");
  }

  @Test
  void a_key_that_nobody_vouched_for_is_refused() {
    LogSigner stranger = LogSigner.forLog(history.origin(), random);
    KeyRecord forged = KeyRecord.of(stranger.key(), 50, 6, stranger);
    List<KeyRecord> records = List.of(history.current(), forged);

    assertThatThrownBy(() -> KeyHistory.of(records))
        .hasMessageContaining("key 1: it is not signed by the key before");
  }

  @Test
  void a_log_cannot_take_the_name_of_another() {
    LogSigner impostor = LogSigner.forLog(history.origin(), random);
    KeyRecord self = KeyRecord.of(impostor.key(), 0, 6, impostor);

    assertThatThrownBy(() -> KeyHistory.of(List.of(self))).hasMessageContaining("its name is");
  }

  @Test
  void a_private_key_is_read_back_and_fits_its_public_half_only() {
    assertThat(LogSigner.read(first.pem(), first.key()).sign(Bytes.utf8("x")))
        .isEqualTo(first.sign(Bytes.utf8("x")));
    LogKey other = LogSigner.forNewLog(random).key();
    assertThatThrownBy(() -> LogSigner.read(first.pem(), other))
        .hasMessageContaining("not that of");
  }

  private TreeHead head(LogSigner signer, long size) {
    return signer.sign(new Checkpoint(history.origin(), size, TreeHasher.EMPTY_ROOT, 9_000));
  }
}
