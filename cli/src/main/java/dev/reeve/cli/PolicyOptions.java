package dev.reeve.cli;

import dev.reeve.policy.PolicyLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which policy an offline command decides by.
public final class PolicyOptions {
  @Option(
      order = 1,
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy file, or a folder of them; several are merged in order.")
  private List<String> files = new ArrayList<>();

  @Option(
      order = 2,
      names = "--invariants",
      paramLabel = "FILE",
      description = "The floor: rules whose restrictions nothing overrides.")
  private @Nullable String invariants;

  /// Whether a policy was named at all.
  public boolean isGiven() {
    return !files.isEmpty() || invariants != null;
  }

  /// The files, as they were named.
  public List<String> names() {
    return List.copyOf(files);
  }

  /// The policy, ready to decide, and what in it deserves a look. Nothing but empty files is no
  /// policy, which denies everything.
  ///
  /// @throws dev.reeve.base.ProblemException when a file cannot be read or is no policy
  public PolicyLoad.Loaded load() {
    return PolicyFiles.load(files, Optional.ofNullable(invariants));
  }

  /// The same with further files after these.
  public PolicyLoad.Loaded loadWith(List<String> more) {
    List<String> all = new ArrayList<>(files);
    all.addAll(more);
    return PolicyFiles.load(all, Optional.ofNullable(invariants));
  }

  /// Other files over the same floor.
  public PolicyLoad.Loaded loadInstead(List<String> others) {
    return PolicyFiles.load(others, Optional.ofNullable(invariants));
  }
}
