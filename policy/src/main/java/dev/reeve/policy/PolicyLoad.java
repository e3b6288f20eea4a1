package dev.reeve.policy;

import dev.reeve.base.Check;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import java.util.List;

/// What came of reading a policy file.
public sealed interface PolicyLoad {
  /// The file is a policy.
  ///
  /// @param snapshot the policy, ready to decide
  /// @param warnings what is allowed and yet looks like a mistake, in the order of the file
  /// @param silent files of several that say nothing: empty ones, and those with a version at most
  record Loaded(PolicySnapshot snapshot, List<PolicyFault> warnings, List<PolicySource> silent)
      implements PolicyLoad {
    public Loaded {
      warnings = List.copyOf(warnings);
      silent = List.copyOf(silent);
    }
  }

  /// The file is no policy; nothing of it may be used.
  ///
  /// @param faults everything that is wrong, in the order of the file, at least one
  record Refused(List<PolicyFault> faults) implements PolicyLoad {
    public Refused {
      Check.argument(!faults.isEmpty(), "faults: none (expected: at least one)");
      faults = List.copyOf(faults);
    }

    /// The same as one refusal that lists every fault.
    ///
    /// @param source name of the file, for the message
    public Problem toProblem(String source) {
      String count = faults.size() == 1 ? "1 problem" : faults.size() + " problems";
      StringBuilder message = new StringBuilder(source).append(": ").append(count);
      for (PolicyFault fault : faults) {
        message.append("\n  ").append(fault);
      }
      Problem problem = PolicyProblems.POLICY_FILE_INVALID.because(message.toString());
      for (PolicyFault fault : faults) {
        problem = problem.withField(fault.path(), fault.toString());
      }
      return problem;
    }
  }

  /// The snapshot, for callers to whom a refused file is an error.
  ///
  /// @param source name of the file, for the message
  /// @throws ProblemException when the file was refused
  default PolicySnapshot orThrow(String source) {
    return switch (this) {
      case Loaded loaded -> loaded.snapshot();
      case Refused refused -> throw refused.toProblem(source).toException();
    };
  }
}
