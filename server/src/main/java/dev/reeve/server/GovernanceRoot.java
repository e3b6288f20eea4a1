package dev.reeve.server;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.governance.boot.BootProblems;
import dev.reeve.governance.boot.PrerequisiteCode;
import dev.reeve.governance.genome.Genome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What reading the files of governance gave: a genome to work under, or everything that stands
/// against it.
///
/// @param genome the genome in force; empty when something is missing
/// @param faults what is not met; empty when all is
record GovernanceRoot(Optional<Genome> genome, List<Fault> faults) {
  GovernanceRoot {
    faults = List.copyOf(faults);
  }

  /// @param code what callers are told
  /// @param prerequisite which prerequisite it is
  /// @param detail for the operator
  record Fault(ProblemCode code, PrerequisiteCode prerequisite, String detail) {}

  /// Before the first look.
  static GovernanceRoot notRead() {
    return fallen(
        List.of(
            new Fault(
                BootProblems.GOVERNANCE_INIT_FAILED,
                PrerequisiteCode.GENOME_MISSING,
                "not read yet")));
  }

  static GovernanceRoot fallen(List<Fault> faults) {
    return new GovernanceRoot(Optional.empty(), faults);
  }

  /// The refusal of a governed call; empty when all stands. Paths stay in the private detail.
  Optional<Problem> problem() {
    return faults.isEmpty() ? Optional.empty() : Optional.of(problem(faults.getFirst()));
  }

  private static Problem problem(Fault fault) {
    return fault
        .code()
        .because("governance: no valid root (expected: an operator to repair it)")
        .with("prerequisite", fault.prerequisite().code())
        .withDetail(fault.detail());
  }

  /// One sentence for each fault.
  List<String> sentences() {
    return faults.stream().map(GovernanceRoot::sentence).collect(Collectors.toList());
  }

  private static String sentence(Fault fault) {
    return fault.code().reason() + " (" + fault.prerequisite().code() + "): " + fault.detail();
  }
}
