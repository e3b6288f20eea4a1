package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemCode;
import dev.reeve.governance.boot.BootProblems;
import dev.reeve.governance.boot.DefaultGenome;
import dev.reeve.governance.boot.GovernanceConfig;
import dev.reeve.governance.boot.PrerequisiteCode;
import dev.reeve.governance.boot.Treaty;
import dev.reeve.governance.genome.BuildManifest;
import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.GenomeProblems;
import dev.reeve.governance.genome.GenomeReader;
import dev.reeve.governance.genome.GenomeVerification;
import dev.reeve.governance.genome.GenomeVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the root of governance in force: looks at genome, treaty and governance configuration, and
/// says what stands. A file that is gone or broken ends what is governed until it is repaired; a
/// genome that follows the one in force takes its place.
///
/// [#look] is called by one thread, many times a second; it costs a few stats when nothing changed.
/// The rest is safe on any thread.
final class GovernanceKeeper {
  private static final Logger log = LoggerFactory.getLogger(GovernanceKeeper.class);

  private final ServerConfig.Governance settings;
  private final Path data;
  private final OwnGovernance own;
  private final InstantSource clock;
  private final Consumer<String> genomeChanged;
  private final AcceptedGenomes accepted;
  private volatile GovernanceRoot root;
  private Path genomeFile;
  private Path treatyFile;
  private String read = "";
  private String seen = "";

  /// What was accepted before was not known, or could not be kept: nothing of the files says so.
  private boolean unknown;

  /// @param genomeChanged is told the id of each genome that comes into force, or an empty text
  /// @param accepted knows which genomes were accepted before
  GovernanceKeeper(
      ServerConfig.Governance settings,
      Path data,
      InstantSource clock,
      Consumer<String> genomeChanged,
      AcceptedGenomes accepted) {
    this.settings = settings;
    this.data = data;
    own = new OwnGovernance(data);
    this.clock = clock;
    this.genomeChanged = genomeChanged;
    this.accepted = accepted;
    genomeFile = own.genomeFile();
    treatyFile = own.treatyFile();
    root = GovernanceRoot.notRead();
  }

  /// Reads everything; never fails: what is wrong is in [#root].
  ///
  /// @param actions every registered action, for the genome that a first start makes
  void open(Collection<DefaultGenome.Action> actions, SecureRandom random) {
    try {
      own.prepare(actions, random, clock.instant());
    } catch (IOException | IllegalArgumentException e) {
      log.error("the default root of governance is not written reason={}", e.toString());
    }
    reload();
    seen = stamp();
    read = seen;
  }

  GovernanceRoot root() {
    return root;
  }

  /// Looks at the files again. They are read once they stayed as they are from one look to the
  /// next, so that a file which is being written is not taken for a broken one.
  void look() {
    String stamp = stamp();
    boolean settled = stamp.equals(seen);
    seen = stamp;
    if (settled && (unknown || isOver() || !stamp.equals(read))) {
      reload();
    }
  }

  private boolean isOver() {
    Instant now = clock.instant();
    return root.genome().flatMap(Genome::expiresAt).filter(end -> !now.isBefore(end)).isPresent();
  }

  private void reload() {
    GovernanceRoot before = root;
    GovernanceRoot now = assess();
    root = now;
    read = seen;
    String id = now.genome().map(Genome::id).orElse("");
    if (!id.equals(before.genome().map(Genome::id).orElse(""))) {
      genomeChanged.accept(id);
      log.info("genome in force id={}", id);
    }
    if (!now.faults().isEmpty() && !now.sentences().equals(before.sentences())) {
      log.error("governance does not stand, governed calls are refused faults={}", now.sentences());
    }
  }

  private GovernanceRoot assess() {
    unknown = false;
    List<GovernanceRoot.Fault> faults = new ArrayList<>();
    Optional<GovernanceConfig> config = readConfig(faults);
    genomeFile =
        settings
            .genome()
            .or(() -> config.flatMap(GovernanceConfig::genomePath).map(this::beside))
            .orElseGet(own::genomeFile);
    treatyFile =
        settings
            .treaty()
            .or(() -> config.map(GovernanceConfig::treatyPath).map(this::beside))
            .orElseGet(own::treatyFile);
    Optional<Genome> genome = readGenome(faults);
    readTreaty(config.map(GovernanceConfig::treatyVersion), faults);
    if (faults.isEmpty()) {
      genome.ifPresent(next -> accept(next, faults));
    }
    return faults.isEmpty() ? new GovernanceRoot(genome, faults) : GovernanceRoot.fallen(faults);
  }

  private Optional<GovernanceConfig> readConfig(List<GovernanceRoot.Fault> faults) {
    if (settings.config().isEmpty()) {
      return Optional.empty();
    }
    Path file = settings.config().get();
    ProblemCode code = BootProblems.GOVERNANCE_INIT_FAILED;
    try {
      Optional<Bytes> bytes = GovernanceFiles.read(file, GovernanceConfig.SIZE_MAX);
      if (bytes.isPresent()) {
        return Optional.of(GovernanceConfig.read(bytes.get()));
      }
      fault(faults, code, PrerequisiteCode.CONFIG_MISSING, file, "no such file");
    } catch (IOException e) {
      fault(faults, code, PrerequisiteCode.CONFIG_UNREADABLE, file, e.toString());
    } catch (IllegalArgumentException e) {
      fault(faults, code, PrerequisiteCode.CONFIG_INVALID_SCHEMA, file, text(e));
    }
    return Optional.empty();
  }

  private Optional<Genome> readGenome(List<GovernanceRoot.Fault> faults) {
    Path file = genomeFile;
    try {
      Optional<Bytes> bytes = GovernanceFiles.read(file, GenomeReader.SIZE_MAX);
      if (bytes.isEmpty()) {
        ProblemCode code = GenomeProblems.GENOME_MISSING;
        fault(faults, code, PrerequisiteCode.GENOME_MISSING, file, "no such file");
        return Optional.empty();
      }
      GenomeVerification verification = GenomeVerifier.verify(bytes.get(), clock.instant());
      Optional<ProblemCode> reason = verification.reason();
      if (reason.isPresent()) {
        PrerequisiteCode prerequisite =
            verification.schemaValid()
                ? PrerequisiteCode.GENOME_SIGNATURE_INVALID
                : PrerequisiteCode.GENOME_INVALID_SCHEMA;
        fault(faults, reason.get(), prerequisite, file, String.join("; ", verification.problems()));
        return Optional.empty();
      }
      return verification.genome();
    } catch (IOException e) {
      ProblemCode code = GenomeProblems.GENOME_MISSING;
      fault(faults, code, PrerequisiteCode.GENOME_UNREADABLE, file, e.toString());
      return Optional.empty();
    }
  }

  private void readTreaty(Optional<String> wanted, List<GovernanceRoot.Fault> faults) {
    Path file = treatyFile;
    ProblemCode code = BootProblems.TREATY_UNAVAILABLE;
    try {
      Optional<Bytes> bytes = GovernanceFiles.read(file, Treaty.SIZE_MAX);
      if (bytes.isEmpty()) {
        fault(faults, code, PrerequisiteCode.TREATY_MISSING, file, "no such file");
        return;
      }
      String version = Treaty.read(bytes.get()).version();
      if (wanted.isPresent() && !wanted.get().equals(version)) {
        String detail = "version \"" + version + "\" (expected: \"" + wanted.get() + "\")";
        fault(faults, code, PrerequisiteCode.TREATY_INVALID_SCHEMA, file, detail);
      }
    } catch (IOException e) {
      fault(faults, code, PrerequisiteCode.TREATY_UNREADABLE, file, e.toString());
    } catch (IllegalArgumentException e) {
      fault(faults, code, PrerequisiteCode.TREATY_INVALID_SCHEMA, file, text(e));
    }
  }

  /// Lets a genome come into force: its build is there, and it may follow the one that was accepted
  /// from the same file before. The accepted one is kept, so that a restart forgets nothing.
  private void accept(Genome genome, List<GovernanceRoot.Fault> faults) {
    Path file = genomeFile;
    PrerequisiteCode prerequisite = PrerequisiteCode.GENOME_SIGNATURE_INVALID;
    List<String> mismatches =
        settings
            .manifestRoot()
            .map(folder ->
                BuildManifest.mismatches(genome, path -> GovernanceFiles.digest(folder, path)))
            .orElse(List.of());
    if (!mismatches.isEmpty()) {
      String detail = String.join("; ", mismatches);
      fault(faults, GenomeProblems.GENOME_MANIFEST_MISMATCH, prerequisite, file, detail);
      return;
    }
    try {
      Optional<String> refusal = accepted.take(file, genome, clock.instant());
      if (refusal.isPresent()) {
        ProblemCode code = GenomeProblems.GENOME_ROTATION_REFUSED;
        fault(faults, code, prerequisite, file, refusal.get());
      }
    } catch (IOException e) {
      unknown = true;
      ProblemCode code = BootProblems.GOVERNANCE_INIT_FAILED;
      fault(faults, code, PrerequisiteCode.GENOME_UNREADABLE, file, e.toString());
    }
  }

  /// A path in a governance configuration begins at the folder of that file, else at the folder the
  /// server was started in.
  private Path beside(String path) {
    Path beside = settings.config().orElse(data).resolveSibling(path);
    return Files.exists(beside) ? beside : Path.of(path);
  }

  private String stamp() {
    return settings.config().map(GovernanceFiles::stamp).orElse("")
        + "|"
        + GovernanceFiles.stamp(genomeFile)
        + "|"
        + GovernanceFiles.stamp(treatyFile);
  }

  private static void fault(
      List<GovernanceRoot.Fault> faults,
      ProblemCode code,
      PrerequisiteCode prerequisite,
      Path file,
      String detail) {
    faults.add(new GovernanceRoot.Fault(code, prerequisite, file + ": " + detail));
  }

  private static String text(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }
}
