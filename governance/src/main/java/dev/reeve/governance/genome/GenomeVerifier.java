package dev.reeve.governance.genome;

import dev.reeve.base.Bytes;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Checks who signed a genome. Signers count once each, by their key: a second signature, or a
/// second name for one key, adds nothing. A bad signature beside enough good ones does no harm.
public final class GenomeVerifier {
  private GenomeVerifier() {}

  /// Verifies a document under the authority it names itself.
  public static GenomeVerification verify(Bytes document, Instant now) {
    return switch (GenomeReader.read(document)) {
      case GenomeReading.Refused refused ->
          GenomeVerification.unreadable(refused.id(), refused.problems());
      case GenomeReading.Read read -> verify(read.genome(), now);
    };
  }

  private static GenomeVerification verify(Genome genome, Instant now) {
    List<String> problems = new ArrayList<>();
    Genome.Authority authority = genome.authority();
    int good = goodSigners(genome, authority, Set.copyOf(genome.revokedKeys()), problems);
    if (good < authority.threshold()) {
      problems.addFirst(good + " of " + authority.threshold() + " signers with a good signature");
      return GenomeVerification.refused(genome, GenomeProblems.GENOME_INVALID_SIGNATURE, problems);
    }
    if (genome.expiresAt().filter(end -> !now.isBefore(end)).isPresent()) {
      return GenomeVerification.refused(
          genome,
          GenomeProblems.GENOME_EXPIRED,
          List.of("expires_at: " + genome.expiresAt().orElse(now) + " is over"));
    }
    return new GenomeVerification(Optional.of(genome), genome.id(), Optional.empty(), problems);
  }

  /// How many signers of an authority have a good signature on the genome.
  static int goodSigners(
      Genome genome, Genome.Authority authority, Set<String> revoked, List<String> problems) {
    Map<String, Genome.Signer> signers =
        authority.signers().stream()
            .collect(Collectors.toMap(Genome.Signer::keyId, Function.identity()));
    Set<Bytes> good = new HashSet<>();
    if (genome.signatures().isEmpty()) {
      problems.add("no signature");
    }
    Set<String> revokedKeys = normal(revoked);
    for (Genome.Signature signature : genome.signatures()) {
      Optional<Genome.Signer> signer = Optional.ofNullable(signers.get(signature.signerKeyId()));
      Optional<PublicKey> key = signer.flatMap(known -> Ed25519.publicKey(known.publicKey()));
      if (signer.isEmpty()) {
        problems.add(signature.signerKeyId() + ": not a signer of the authority");
      } else if (key.isEmpty()) {
        problems.add(signature.signerKeyId() + ": its public_key is no Ed25519 key");
      } else if (revokedKeys.contains(Ed25519.base64(key.get()))) {
        problems.add(signature.signerKeyId() + ": its key is revoked");
      } else if (!Ed25519.verify(key.get(), genome.canonical(), signature.signature())) {
        problems.add(signature.signerKeyId() + ": the signature is not of this content");
      } else {
        good.add(Bytes.wrap(key.get().getEncoded()));
      }
    }
    return good.size();
  }

  /// Keys in one form, so that padding or alphabet of base64 does not hide a revoked one.
  private static Set<String> normal(Set<String> keys) {
    return keys.stream()
        .map(key -> Ed25519.publicKey(key).map(Ed25519::base64).orElse(key))
        .collect(Collectors.toSet());
  }
}
