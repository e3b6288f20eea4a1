package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.policy.PolicyBundles;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.policy.PolicySource;
import dev.reeve.server.files.FileStamp;
import dev.reeve.service.LoadedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Policy files as they are on disk now. A folder stands for the YAML files in it, by name; those
/// of cases are left out.
final class PolicyReading {
  private static final Logger log = LoggerFactory.getLogger(PolicyReading.class);

  /// Most bytes of all files and their names. What is larger could decide and not be kept, so that
  /// nobody could show later what had decided.
  static final long BYTES_MAX = 16L * 1024 * 1024;

  private final List<Path> named;
  private final Optional<Path> invariants;
  private final PolicySignatures signatures;

  PolicyReading(List<Path> named, Optional<Path> invariants, PolicySignatures signatures) {
    this.named = List.copyOf(named);
    this.invariants = invariants;
    this.signatures = signatures;
  }

  /// What is fetched and the files of the configuration, or the one in the data directory.
  static PolicyReading of(PolicySettings policy, Path data, Optional<PolicyMirror> mirror) {
    List<Path> files = new ArrayList<>();
    mirror.map(PolicyMirror::file).ifPresent(files::add);
    files.addAll(policy.files());
    if (files.isEmpty()) {
      files.add(OwnPolicyFile.in(data));
    }
    return new PolicyReading(files, policy.invariants(), policy.signatures());
  }

  /// What was read.
  ///
  /// @param unsigned files without the good signature that is asked for
  /// @param load the policy of the files
  record Read(List<LoadedPolicy.File> files, List<Path> unsigned, PolicyLoad load) {
    private Read(List<LoadedPolicy.File> files, List<Path> unsigned) {
      this(
          files,
          unsigned,
          PolicyBundles.load(
              files.stream()
                  .filter(file -> !file.invariants())
                  .map(LoadedPolicy.File::source)
                  .toList(),
              files.stream()
                  .filter(LoadedPolicy.File::invariants)
                  .map(LoadedPolicy.File::source)
                  .findFirst()));
    }

    /// Names of the files that say something; none when the files are no policy.
    Set<String> speaking() {
      Set<String> names = new HashSet<>();
      if (load instanceof PolicyLoad.Loaded loaded) {
        files.stream()
            .map(LoadedPolicy.File::source)
            .filter(source -> !loaded.silent().contains(source))
            .forEach(source -> names.add(source.name()));
      }
      return names;
    }
  }

  /// Reads all of it.
  ///
  /// @throws IOException naming the file
  Read read() throws IOException {
    List<LoadedPolicy.File> files = new ArrayList<>();
    List<Path> unsigned = new ArrayList<>();
    long bytes = 0;
    for (Path file : files()) {
      bytes += add(files, read(file, false, unsigned), bytes);
    }
    if (invariants.isPresent()) {
      bytes += add(files, read(invariants.get(), true, unsigned), bytes);
    }
    return new Read(List.copyOf(files), List.copyOf(unsigned));
  }

  /// Takes one more file, if it is not too much after those before; its bytes and those of its
  /// name.
  private static long add(List<LoadedPolicy.File> files, LoadedPolicy.File file, long before)
      throws IOException {
    long bytes = file.source().file().size() + (long) Bytes.utf8(file.source().name()).size();
    if (before + bytes > BYTES_MAX) {
      throw new IOException(file.source().name() + ": larger than 16 MiB with the files before it");
    }
    files.add(file);
    return bytes;
  }

  private LoadedPolicy.File read(Path file, boolean floor, List<Path> unsigned) throws IOException {
    if (Files.size(file) > PolicyFile.SIZE_MAX) {
      throw new IOException(file + ": larger than 2 MiB");
    }
    Bytes content = Bytes.wrap(Files.readAllBytes(file));
    boolean verified = signatures.verifies(file, content);
    if (!verified && signatures.mode() == PolicySignatures.Mode.ENFORCE) {
      unsigned.add(file);
    } else if (!verified && signatures.mode() == PolicySignatures.Mode.WARN) {
      log.warn("policy file without a good signature file={}", file);
    }
    return new LoadedPolicy.File(new PolicySource(file.toString(), content), floor, verified);
  }

  /// Changes whenever a file does, or comes, or goes.
  String stamp() throws IOException {
    StringBuilder stamp = new StringBuilder();
    for (Path file : files()) {
      stamp(stamp, file);
    }
    if (invariants.isPresent()) {
      stamp(stamp, invariants.get());
    }
    return stamp.toString();
  }

  private void stamp(StringBuilder stamp, Path file) throws IOException {
    stamp.append(file).append(':').append(FileStamp.of(file)).append('\n');
    Path signature = signatures.fileFor(file);
    if (signatures.key().isPresent() && Files.exists(signature)) {
      stamp.append(signature).append(':').append(FileStamp.of(signature)).append('\n');
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        files.addAll(inFolder(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> inFolder(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files = all.filter(PolicyReading::isPolicy).sorted().toList();
      if (files.isEmpty()) {
        throw new IOException(folder + ": no .yaml or .yml file in this folder");
      }
      return files;
    }
  }

  private static boolean isPolicy(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.matches("[^.].*\\.ya?ml") && !name.matches(".*\\.test\\.ya?ml");
  }

  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    named.forEach(path -> names.add(path.toString()));
    invariants.ifPresent(path -> names.add(path.toString()));
    return String.join(", ", names);
  }
}
