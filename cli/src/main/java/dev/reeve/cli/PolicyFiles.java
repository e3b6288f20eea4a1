package dev.reeve.cli;

import dev.reeve.base.Bytes;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.policy.PolicyBundles;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.policy.PolicySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The policy files that were named on the command line. A folder stands for the YAML files in it,
/// by name.
public final class PolicyFiles {
  /// Largest file of cases in bytes.
  public static final int CASES_BYTES_MAX = PolicyFile.SIZE_MAX;

  private static final Pattern YAML = Pattern.compile("(.+)(\\.ya?ml)", Pattern.DOTALL);
  private static final String CASES = ".test";

  private PolicyFiles() {}

  /// The policy of these files over a floor.
  ///
  /// @param names files and folders, merged in this order
  /// @throws dev.reeve.base.ProblemException when one cannot be read or is no policy
  public static PolicyLoad.Loaded load(List<String> names, Optional<String> floor) {
    List<PolicySource> sources = new ArrayList<>();
    names.forEach(name -> sources.addAll(sources(name)));
    Optional<PolicySource> invariants = floor.map(name -> source(LocalFiles.path(name)));
    return switch (PolicyBundles.load(sources, invariants)) {
      case PolicyLoad.Loaded loaded -> loaded;
      case PolicyLoad.Refused refused ->
          throw refused.toProblem(String.join(", ", names)).toException();
    };
  }

  /// The files that a name stands for.
  public static List<PolicySource> sources(String name) {
    Path path = LocalFiles.path(name);
    if (!Files.isDirectory(path)) {
      return List.of(source(path));
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> policies = files.filter(PolicyFiles::isPolicy).sorted().toList();
      if (policies.isEmpty()) {
        throw CliProblems.FILE_UNREADABLE
            .because(Text.quoteForMessage(name) + ": no .yaml or .yml file in this folder")
            .toException();
      }
      return policies.stream().map(PolicyFiles::source).toList();
    } catch (IOException e) {
      throw CliProblems.FILE_UNREADABLE
          .because(Text.quoteForMessage(name) + ": cannot be read")
          .with("cause", String.valueOf(e.getMessage()))
          .toException();
    }
  }

  /// The cases that stand beside the files that a name stands for; none when there are none.
  public static List<PolicySource> casesBeside(String name) {
    List<PolicySource> cases = new ArrayList<>();
    for (PolicySource policy : sources(name)) {
      Matcher yaml = YAML.matcher(policy.name());
      if (yaml.matches()) {
        Path file = LocalFiles.path(yaml.group(1) + CASES + yaml.group(2));
        if (Files.exists(file)) {
          cases.add(read(file.toString(), CASES_BYTES_MAX));
        }
      }
    }
    return cases;
  }

  /// One file as it is.
  ///
  /// @throws dev.reeve.base.ProblemException when it cannot be read or is larger
  public static PolicySource read(String name, int bytesMax) {
    return new PolicySource(name, Bytes.wrap(LocalFiles.read(LocalFiles.path(name), bytesMax)));
  }

  /// Cases of a policy stand beside it and are no policies.
  private static boolean isPolicy(Path file) {
    String name = String.valueOf(file.getFileName());
    Matcher yaml = YAML.matcher(name);
    return yaml.matches() && !yaml.group(1).endsWith(CASES) && !name.startsWith(".");
  }

  private static PolicySource source(Path file) {
    return new PolicySource(
        file.toString(), Bytes.wrap(LocalFiles.read(file, PolicyFile.SIZE_MAX + 1)));
  }
}
