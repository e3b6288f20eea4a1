package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.governance.genome.Genome;
import dev.reeve.governance.genome.GenomeReader;
import dev.reeve.governance.genome.GenomeReading;
import dev.reeve.governance.genome.GenomeRotation;
import dev.reeve.service.Times;
import dev.reeve.store.KeptDocuments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The genome that was accepted last from each file, in `DATA/governance/accepted-*.json` and in
/// the store, so that a restart forgets nothing and no older one comes back. Used by one thread;
/// blocks.
final class AcceptedGenomes {
  private final Path data;
  private final String place;
  private final KeptDocuments store;

  /// @param place tells this node's files from those of others that share the store; empty when no
  ///   other does
  AcceptedGenomes(Path data, String place, KeptDocuments store) {
    this.data = data;
    this.place = place;
    this.store = store;
  }

  /// Of this machine, for nodes that share a store.
  static String thisMachine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /// Accepts a genome that is valid in itself, if it may follow the one accepted before.
  ///
  /// @param file where it was found
  /// @return why it may not; empty when it is accepted and kept
  /// @throws IOException when it is not known what was accepted, or this one cannot be kept
  Optional<String> take(Path file, Genome genome, Instant now) throws IOException {
    KeptFile kept = new KeptFile(acceptedFile(file), GenomeReader.SIZE_MAX, name(file), store);
    Optional<Bytes> stored = kept.stored().map(KeptDocuments.Kept::content);
    Optional<Bytes> filed = kept.read();
    Optional<Bytes> next = Optional.of(genome.canonical());
    if (stored.isPresent() && filed.isEmpty()) {
      kept.complain("is gone");
    }
    Optional<String> refusal = stored.flatMap(before -> refusal(before, genome));
    if (refusal.isEmpty() && !stored.equals(next)) {
      // Also when the store has none: a version before kept the file alone.
      refusal = filed.flatMap(before -> refusal(before, genome));
    }
    if (refusal.isEmpty() && !(stored.equals(next) && filed.equals(next))) {
      kept.write(genome.canonical(), Times.micros(now));
    }
    return refusal;
  }

  private static Optional<String> refusal(Bytes before, Genome genome) {
    return switch (GenomeReader.read(before)) {
      case GenomeReading.Read old -> GenomeRotation.refusal(old.genome(), genome);
      case GenomeReading.Refused _ -> Optional.of("the genome accepted before is not readable");
    };
  }

  private static Path whole(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private Path acceptedFile(Path file) {
    String name = Sha256.of(Bytes.utf8(whole(file).toString())).hex();
    return data.resolve("governance").resolve("accepted-" + name.substring(0, 16) + ".json");
  }

  /// A data directory may be moved, and a file in it is the same one then; where others share the
  /// store, only the whole path tells theirs from ours.
  private String name(Path file) {
    Path folder = whole(data);
    boolean within = place.isEmpty() && whole(file).startsWith(folder);
    Path path = within ? folder.relativize(whole(file)) : whole(file);
    return "genome " + place + ":" + path;
  }
}
