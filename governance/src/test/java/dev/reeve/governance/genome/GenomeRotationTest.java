package dev.reeve.governance.genome;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenomeRotationTest {
  private final SigningKey.Pair first = SigningKey.generate(new SecureRandom());
  private final SigningKey.Pair second = SigningKey.generate(new SecureRandom());
  private final Genome old = genome(draft(first, 1).signedBy(first.key(), id(first)));

  @Test
  void a_genome_follows_when_the_old_authority_signed_it() {
    GenomeDocument next = after(draft(second, 2)).signedBy(second.key(), id(second));

    assertThat(GenomeRotation.refusal(old, genome(next.signedBy(first.key(), id(first)))))
        .isEmpty();
  }

  @Test
  void a_new_key_alone_takes_over_nothing() {
    Genome next = genome(after(draft(second, 2)).signedBy(second.key(), id(second)));

    assertThat(GenomeRotation.refusal(old, next).orElse(""))
        .startsWith("0 of 1 signers of the genome in force signed it");
  }

  @Test
  void an_older_genome_does_not_come_back() {
    Genome same = genome(after(draft(first, 1)).signedBy(first.key(), id(first)));

    assertThat(GenomeRotation.refusal(old, same).orElse("")).startsWith("sequence: 1");
  }

  @Test
  void a_genome_names_the_one_it_follows() {
    Genome stranger = genome(draft(first, 2).signedBy(first.key(), id(first)));

    assertThat(GenomeRotation.refusal(old, stranger).orElse("")).startsWith("parents:");
  }

  @Test
  void a_key_that_is_revoked_signs_no_successor() {
    GenomeDocument next =
        after(draft(second, 2))
            .withTexts("revoked_keys", List.of(first.signer().publicKey()))
            .signedBy(second.key(), id(second))
            .signedBy(first.key(), id(first));

    assertThat(GenomeRotation.refusal(old, genome(next)).orElse("")).contains("its key is revoked");
  }

  @Test
  void what_was_revoked_stays_revoked() {
    Genome strict =
        genome(
            draft(first, 1)
                .withTexts("revoked_keys", List.of(second.signer().publicKey()))
                .signedBy(first.key(), id(first)));
    Genome lax =
        genome(
            draft(first, 2)
                .withTexts("parents", List.of(strict.id()))
                .signedBy(first.key(), id(first)));

    assertThat(GenomeRotation.refusal(strict, lax).orElse("")).startsWith("revoked_keys:");
  }

  @Test
  void the_genome_in_force_may_be_read_again() {
    assertThat(GenomeRotation.refusal(old, old)).isEmpty();
  }

  private GenomeDocument after(GenomeDocument draft) {
    return draft.withTexts("parents", List.of(old.id()));
  }

  private static GenomeDocument draft(SigningKey.Pair signer, long sequence) {
    return GenomeDocument.empty()
        .withText("name", "ROOT")
        .withText("version", "1." + sequence)
        .withText("created_at", "2026-11-21T00:00:00Z")
        .withTexts("parents", List.of())
        .withAuthority(new Genome.Authority(List.of(signer.signer()), 1))
        .withInvariants(List.of())
        .withCapabilities(List.of())
        .withFiles(List.of())
        .withNumber("sequence", sequence);
  }

  private static Genome genome(GenomeDocument document) {
    return ((GenomeReading.Read) document.reading()).genome();
  }

  private static String id(SigningKey.Pair pair) {
    return pair.signer().keyId();
  }
}
