package dev.reeve.cli;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.policy.PolicyBundles;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.policy.PolicySource;
import dev.reeve.wire.reeve.v1.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The files of a policy as a server gave them.
final class ShownPolicy {
  private static final String FLOOR_FOLDER = "floor";
  private static final int STEM_LENGTH_MAX = 80;

  private final List<PolicyFile> files;

  ShownPolicy(List<PolicyFile> files) {
    this.files = List.copyOf(files);
  }

  /// Computes which snapshot the files are.
  ///
  /// @throws dev.reeve.base.ProblemException when they are another one, or no policy as this
  ///   version reads them
  void requireNamed(String snapshot) {
    PolicyLoad load =
        PolicyBundles.load(
            files.stream().filter(file -> !file.getInvariants()).map(ShownPolicy::source).toList(),
            floor().map(ShownPolicy::source));
    String named =
        switch (load) {
          case PolicyLoad.Loaded loaded -> loaded.snapshot().id();
          case PolicyLoad.Refused refused ->
              throw refused.toProblem(Text.quoteForMessage(snapshot)).toException();
        };
    if (!named.equals(snapshot)) {
      throw CliProblems.RESULT_DAMAGED
          .because("the files are another policy than the one that was asked for")
          .with("asked", snapshot)
          .with("received", named.isEmpty() ? "no policy" : named)
          .toException();
    }
  }

  /// Writes the files so that the folder, read by name, is merged in the same order; the floor goes
  /// to a folder of its own in it.
  ///
  /// @param folder which is made
  /// @return the options with which commands decide by them
  /// @throws dev.reeve.base.ProblemException when there is something at its place already
  String writeTo(Path folder) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw CliProblems.FILE_EXISTS
          .because(
              Text.quoteForMessage(folder.toString())
                  + ": exists (expected: a folder that is not there yet)")
          .toException();
    }
    List<String> options = new ArrayList<>();
    makeFolder(folder);
    int digits = Integer.toString(files.size()).length();
    int place = 0;
    for (PolicyFile file : files) {
      place++;
      String name = String.format(Locale.ROOT, "%0" + digits + "d-%s.yaml", place, stem(file));
      if (file.getInvariants()) {
        makeFolder(folder.resolve(FLOOR_FOLDER));
        Path path = folder.resolve(FLOOR_FOLDER).resolve(name);
        write(path, file.getContent());
        options.add("--invariants " + path);
      } else {
        write(folder.resolve(name), file.getContent());
      }
    }
    if (files.stream().anyMatch(file -> !file.getInvariants())) {
      options.addFirst("--policy " + folder);
    }
    return String.join(" ", options);
  }

  private Optional<PolicyFile> floor() {
    return files.stream().filter(PolicyFile::getInvariants).findFirst();
  }

  private static PolicySource source(PolicyFile file) {
    return new PolicySource(file.getName(), Bytes.copyOf(file.getContent().toByteArray()));
  }

  /// The last part of a name that a server gave, with nothing in it that a path or a folder of
  /// policies reads otherwise: `rules-test` of `/etc/reeve/rules.test.yaml`.
  private static String stem(PolicyFile file) {
    String name = file.getName();
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String stem = last.replaceFirst("\\.ya?ml$", "").replaceAll("[^A-Za-z0-9_-]", "-");
    return stem.substring(0, Math.min(stem.length(), STEM_LENGTH_MAX));
  }

  private static void write(Path file, ByteString content) {
    LocalFiles.write(file, content::writeTo);
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because(Text.quoteForMessage(folder.toString()) + ": cannot be made")
          .with("cause", e.getClass().getSimpleName() + " " + e.getMessage())
          .toException();
    }
  }
}
