package dev.reeve.policy;

import java.util.List;

/// The limits within which a job is allowed. A number of 0 and an empty list or text set no limit.
///
/// @param redactionLevel how much of the result is redacted; a word of the installation's own
public record Constraints(
    Budgets budgets, Sandbox sandbox, Toolchain toolchain, Diff diff, String redactionLevel) {
  public static final Constraints NONE =
      new Constraints(Budgets.NONE, Sandbox.NONE, Toolchain.NONE, Diff.NONE, "");

  /// How much a job may use.
  public record Budgets(
      long maxRuntimeMs, int maxRetries, long maxArtifactBytes, int maxConcurrentJobs) {
    public static final Budgets NONE = new Budgets(0, 0, 0, 0);
  }

  /// What a job may reach.
  public record Sandbox(
      boolean isolated,
      List<String> networkAllowlist,
      List<String> fsReadOnly,
      List<String> fsReadWrite) {
    public static final Sandbox NONE = new Sandbox(false, List.of(), List.of(), List.of());

    public Sandbox {
      networkAllowlist = List.copyOf(networkAllowlist);
      fsReadOnly = List.copyOf(fsReadOnly);
      fsReadWrite = List.copyOf(fsReadWrite);
    }
  }

  /// What a job may call.
  public record Toolchain(List<String> allowedTools, List<String> allowedCommands) {
    public static final Toolchain NONE = new Toolchain(List.of(), List.of());

    public Toolchain {
      allowedTools = List.copyOf(allowedTools);
      allowedCommands = List.copyOf(allowedCommands);
    }
  }

  /// How much a job may change.
  public record Diff(int maxFiles, int maxLines, List<String> denyPathGlobs) {
    public static final Diff NONE = new Diff(0, 0, List.of());

    public Diff {
      denyPathGlobs = List.copyOf(denyPathGlobs);
    }
  }

  /// Whether any limit is set.
  public boolean isEmpty() {
    return equals(NONE);
  }

  /// These limits, and no more than so many jobs of the tenant at a time; 0 adds nothing.
  Constraints withConcurrentJobs(int most) {
    int own = budgets.maxConcurrentJobs();
    if (most == 0 || (own != 0 && own <= most)) {
      return this;
    }
    Budgets tighter =
        new Budgets(budgets.maxRuntimeMs(), budgets.maxRetries(), budgets.maxArtifactBytes(), most);
    return new Constraints(tighter, sandbox, toolchain, diff, redactionLevel);
  }
}
