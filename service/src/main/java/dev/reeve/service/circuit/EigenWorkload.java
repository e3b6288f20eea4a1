package dev.reeve.service.circuit;

import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import dev.reeve.service.ServiceProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What sort of work the options of an Eigen-Lang compile announce, checked against what each sort
/// needs. Every option at fault is named at once.
final class EigenWorkload {
  static final List<String> TARGETS =
      List.of(
          "sim:local",
          "backend:quantum",
          "backend:cluster",
          "cluster:auto",
          "cluster:gpu",
          "cluster:quantum",
          "runtime:auto",
          "runtime:latency",
          "runtime:cost",
          "runtime:availability",
          "runtime:deterministic",
          "ibm:qpu",
          "aws:braket",
          "azure:quantum");

  private static final List<String> KINDS =
      List.of(
          "QuantumJob",
          "HybridWorkflow",
          "DistributedJob",
          "BenchmarkJob",
          "PipelineJob",
          "ReplayJob");
  private static final Set<String> MODES =
      Set.of("quantum", "hybrid", "distributed", "benchmark", "pipeline", "replay");
  private static final String KIND = "spec.workload.kind";
  private static final String SEED = "spec.workload.seed";
  private static final String TARGET = "spec.workload.backend_target";
  private static final String STAGE = "spec.workload.pipeline.stage_id";
  private static final String HANDOFF = "spec.workload.pipeline.handoff_ref";
  private static final String REPLAY = "spec.workload.replay.enabled";

  private final Map<String, String> options;
  private final List<Problem.FieldViolation> violations = new ArrayList<>();

  private EigenWorkload(Map<String, String> options) {
    this.options = options;
  }

  /// The sort of work.
  ///
  /// @param hybrid whether the program has an expectation value
  /// @param minimized whether it looks for the best parameters
  /// @param fromRef whether the source came by reference
  /// @throws dev.reeve.base.ProblemException `COMPILE_OPTION_INVALID`
  static String of(
      Map<String, String> options, boolean hybrid, boolean minimized, boolean fromRef) {
    EigenWorkload workload = new EigenWorkload(options);
    boolean distributed = EigenTopology.of(options, workload.violations).isPresent();
    String kind = workload.kind(distributed, hybrid || minimized);
    workload.checkTarget();
    workload.check(kind, distributed, minimized, fromRef);
    workload.refuseIfAny();
    return kind;
  }

  private String kind(boolean distributed, boolean hybrid) {
    String asked = option(KIND);
    if (!asked.isEmpty()) {
      if (!KINDS.contains(asked)) {
        wrong(KIND, asked, String.join(", ", KINDS));
      }
      return asked;
    }
    String mode = option("spec.runtime.mode");
    if (!mode.isEmpty() && !MODES.contains(mode)) {
      wrong("spec.runtime.mode", mode, String.join(", ", MODES.stream().sorted().toList()));
    }
    if (mode.equals("distributed") || distributed) {
      return "DistributedJob";
    }
    if (mode.equals("benchmark") || !option(SEED).isEmpty()) {
      return "BenchmarkJob";
    }
    if (mode.equals("pipeline") || !option(HANDOFF).isEmpty()) {
      return "PipelineJob";
    }
    if (mode.equals("replay") || option(REPLAY).equals("true")) {
      return "ReplayJob";
    }
    return mode.equals("hybrid") || hybrid ? "HybridWorkflow" : "QuantumJob";
  }

  private void checkTarget() {
    String target = option(TARGET);
    if (!target.isEmpty() && !TARGETS.contains(target)) {
      wrong(TARGET, target, String.join(", ", TARGETS));
    }
    String seed = option(SEED);
    if (!seed.isEmpty() && !seed.matches("-?[0-9]{1,18}")) {
      wrong(SEED, seed, "an integer of 64 bits");
    }
    String replay = option(REPLAY);
    if (!replay.isEmpty() && !Set.of("true", "false").contains(replay)) {
      wrong(REPLAY, replay, "true or false");
    }
  }

  private void check(String kind, boolean distributed, boolean minimized, boolean fromRef) {
    switch (kind) {
      case "DistributedJob" -> {
        if (!distributed) {
          missing(EigenTopology.ENABLED, "true, for a DistributedJob");
        }
        for (String needed : List.of(EigenTopology.TARGET, EigenTopology.PARTITIONS)) {
          if (option(needed).isEmpty()) {
            missing(needed, "a value, for a DistributedJob");
          }
        }
      }
      case "BenchmarkJob" -> {
        require(SEED, kind);
        require(TARGET, kind);
        refuseMinimize(kind, minimized);
      }
      case "PipelineJob" -> {
        require(STAGE, kind);
        require(HANDOFF, kind);
        requireRef(kind, fromRef);
        refuseMinimize(kind, minimized);
      }
      case "ReplayJob" -> {
        if (!option(REPLAY).equals("true")) {
          missing(REPLAY, "true, for a ReplayJob");
        }
        requireRef(kind, fromRef);
        refuseMinimize(kind, minimized);
      }
      default -> {}
    }
    if (distributed && !kind.equals("DistributedJob")) {
      wrong(EigenTopology.ENABLED, "true", "false for a " + kind);
    }
  }

  private void require(String option, String kind) {
    if (option(option).isEmpty()) {
      missing(option, "a value, for a " + kind);
    }
  }

  private void requireRef(String kind, boolean fromRef) {
    if (!fromRef) {
      violations.add(
          new Problem.FieldViolation(
              "source_ref", "missing (expected: a reference, for a " + kind + ")"));
    }
  }

  private void refuseMinimize(String kind, boolean minimized) {
    if (minimized) {
      violations.add(
          new Problem.FieldViolation("source", "minimize (expected: none in a " + kind + ")"));
    }
  }

  private String option(String name) {
    return options.getOrDefault(name, "").strip();
  }

  private void missing(String option, String expected) {
    violations.add(
        new Problem.FieldViolation("options." + option, "missing (expected: " + expected + ")"));
  }

  private void wrong(String option, String value, String expected) {
    violations.add(violation(option, value, expected));
  }

  static Problem.FieldViolation violation(String option, String value, String expected) {
    return new Problem.FieldViolation(
        "options." + option, Text.quoteForMessage(value) + " (expected: " + expected + ")");
  }

  private void refuseIfAny() {
    if (violations.isEmpty()) {
      return;
    }
    Problem.FieldViolation first = violations.getFirst();
    Problem problem =
        ServiceProblems.COMPILE_OPTION_INVALID.because(first.field() + ": " + first.description());
    for (Problem.FieldViolation violation : violations) {
      problem = problem.withField(violation.field(), violation.description());
    }
    throw problem.toException();
  }

  /// Where the work is to be done, by the class of the target that options name.
  static String targetClass(Map<String, String> options, Optional<EigenTopology> topology) {
    String target = options.getOrDefault(TARGET, "");
    if (target.isEmpty()) {
      return topology.isPresent() ? "distributed" : "implicit";
    }
    if (target.equals("sim:local")) {
      return "simulator";
    }
    if (target.startsWith("cluster:")) {
      return "distributed";
    }
    return target.startsWith("runtime:") || target.equals("backend:cluster")
        ? "policy"
        : "provider";
  }

  /// The target that options name; empty when they do not.
  static String target(Map<String, String> options) {
    return options.getOrDefault(TARGET, "").toLowerCase(Locale.ROOT);
  }
}
