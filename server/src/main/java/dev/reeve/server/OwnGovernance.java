package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.governance.boot.DefaultGenome;
import dev.reeve.governance.boot.DefaultTreaty;
import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.GenomeDocument;
import dev.reeve.governance.genome.GenomeReader;
import dev.reeve.governance.genome.GenomeReading;
import dev.reeve.governance.genome.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The root of governance that a server makes for itself in its data directory: a key, a genome
/// signed by it, a treaty. Made at the very first start and never again: a file that is gone later
/// was taken away.
final class OwnGovernance {
  private static final Logger log = LoggerFactory.getLogger(OwnGovernance.class);
  private static final int KEY_BYTES_MAX = 16 * 1024;

  private final Path data;

  OwnGovernance(Path data) {
    this.data = data;
  }

  Path genomeFile() {
    return data.resolve("genome.json");
  }

  Path treatyFile() {
    return data.resolve("treaty.yaml");
  }

  /// Makes what is missing at the first start; later renews a genome of our own making whose
  /// actions are no more those of this program.
  void prepare(Collection<DefaultGenome.Action> actions, SecureRandom random, Instant now)
      throws IOException {
    Path mark = data.resolve("governance.written");
    if (!Files.exists(mark)) {
      Files.createDirectories(data);
      makeTreaty();
      makeGenome(actions, random, now);
      Files.createFile(mark);
    } else {
      renew(actions, now);
    }
  }

  private void makeTreaty() throws IOException {
    if (!Files.exists(treatyFile())) {
      GovernanceFiles.write(treatyFile(), DefaultTreaty.file());
      log.info("default treaty written file={}", treatyFile());
    }
  }

  private void makeGenome(
      Collection<DefaultGenome.Action> actions, SecureRandom random, Instant now)
      throws IOException {
    if (Files.exists(genomeFile()) || Files.exists(keyFile())) {
      return;
    }
    SigningKey.Pair pair = SigningKey.generate(random);
    GovernanceFiles.writeSecret(keyFile(), pair.key().pem());
    write(DefaultGenome.first(actions, pair.signer(), now), pair.key(), pair.signer());
    log.info("default genome written file={} signer={}", genomeFile(), pair.signer().keyId());
  }

  private void renew(Collection<DefaultGenome.Action> actions, Instant now) throws IOException {
    Optional<Bytes> key = GovernanceFiles.read(keyFile(), KEY_BYTES_MAX);
    Optional<Genome> old =
        GovernanceFiles.read(genomeFile(), GenomeReader.SIZE_MAX).flatMap(this::ours);
    if (key.isEmpty() || old.isEmpty() || DefaultGenome.covers(old.get(), actions)) {
      return;
    }
    SigningKey signing = SigningKey.read(key.get().utf8());
    Optional<Genome.Signer> signer =
        old.get().authority().signers().stream().filter(signing::is).findFirst();
    if (signer.isPresent()) {
      write(DefaultGenome.after(old.get(), actions, now), signing, signer.get());
      log.info("default genome renewed, the actions of this version are others");
    }
  }

  private Optional<Genome> ours(Bytes document) {
    return GenomeReader.read(document) instanceof GenomeReading.Read read
            && read.genome().name().equals(DefaultGenome.NAME)
        ? Optional.of(read.genome())
        : Optional.empty();
  }

  private void write(GenomeDocument draft, SigningKey key, Genome.Signer signer)
      throws IOException {
    GovernanceFiles.write(genomeFile(), Bytes.utf8(draft.signedBy(key, signer.keyId()).text()));
  }

  private Path keyFile() {
    return data.resolve("genome.key");
  }
}
