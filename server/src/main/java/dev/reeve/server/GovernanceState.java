package dev.reeve.server;

import dev.reeve.base.Problem;
import dev.reeve.gateway.GovernanceStation;
import dev.reeve.governance.boot.BootProblems;
import dev.reeve.governance.boot.HeartbeatReport;
import dev.reeve.governance.boot.HeartbeatReport.Check;
import dev.reeve.governance.boot.Posture;
import dev.reeve.governance.boot.PostureState;
import dev.reeve.governance.boot.PostureTrigger;
import dev.reeve.governance.genome.Genome;
import dev.reeve.service.RegisteredAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How governance stands: the root, the heartbeat, the posture, in this order. Answers from memory,
/// on any thread.
final class GovernanceState implements GovernanceStation {
  /// What an operator needs when all else is refused.
  private static final Set<String> ALWAYS =
      Set.of(
          "action:consent:signal",
          "action:consent:read",
          "action:governance:genome",
          "action:governance:posture",
          "action:governance:set_posture",
          "action:governance:unlock_posture");

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Problem NOT_LOOKED =
      BootProblems.HEARTBEAT_FAIL_CLOSED
          .because("heartbeat: not looked yet (expected: the first look, at the start)")
          .with("failed_checks", "first_look");

  private final GovernanceKeeper keeper;
  private final Heartbeat heartbeat;
  private final PostureKeeper posture;
  private volatile Judged judged = new Judged(Optional.empty(), Optional.of(NOT_LOOKED));
  private volatile InForce inForce = new InForce(Optional.empty(), GenomeInForce.NONE);

  /// A report, and what follows from it.
  private record Judged(Optional<HeartbeatReport> report, Optional<Problem> problem) {}

  /// A genome, and what answers say of it.
  private record InForce(Optional<Genome> genome, GenomeInForce said) {}

  GovernanceState(GovernanceKeeper keeper, Heartbeat heartbeat, PostureKeeper posture) {
    this.keeper = keeper;
    this.heartbeat = heartbeat;
    this.posture = posture;
  }

  @Override
  public Optional<Problem> refusal(RegisteredAction action) {
    if (action.access() == RegisteredAction.Access.PUBLIC || ALWAYS.contains(action.id())) {
      return Optional.empty();
    }
    Optional<Problem> rootProblem = keeper.root().problem();
    Optional<Problem> fallen = rootProblem.isPresent() ? rootProblem : heartbeatProblem();
    if (fallen.isPresent()) {
      return fallen.map(problem -> problem.withRetryAfter(RETRY_AFTER));
    }
    PostureState state = posture.state();
    return state.lets(action.changes()) ? Optional.empty() : Optional.of(violation(state));
  }

  /// Why no job starts now; empty when jobs may start. A job changes something, whoever asked for
  /// it and when, so a posture for reads alone holds it back too.
  String holdsBack() {
    PostureState state = posture.state();
    return keeper
        .root()
        .problem()
        .or(this::heartbeatProblem)
        .or(() -> state.lets(true) ? Optional.empty() : Optional.of(violation(state)))
        .map(problem -> problem.reason() + ": " + problem.message())
        .orElse("");
  }

  @Override
  public GenomeInForce genome() {
    Optional<Genome> genome = keeper.root().genome();
    InForce known = inForce;
    if (!known.genome().equals(genome)) {
      known =
          new InForce(
              genome,
              genome
                  .map(one -> new GenomeInForce(one.id(), one.version()))
                  .orElse(GenomeInForce.NONE));
      inForce = known;
    }
    return known.said();
  }

  @Override
  public boolean stands() {
    return keeper.root().problem().isEmpty() && heartbeatProblem().isEmpty();
  }

  @Override
  public int postureLevel() {
    return switch (posture()) {
      case NORMAL -> 0;
      case DEFENSIVE -> 1;
      case FAIL_CLOSED -> 2;
    };
  }

  Posture posture() {
    return posture.state().posture();
  }

  /// Whether health says SERVING. A defensive posture serves, since reads pass.
  boolean serving() {
    return keeper.root().problem().isEmpty()
        && heartbeatProblem().isEmpty()
        && !posture.state().isLocked();
  }

  /// One sentence for everything that is not as it should be.
  List<String> troubles() {
    List<String> troubles = new ArrayList<>(keeper.root().sentences());
    heartbeat.last().map(HeartbeatReport::failed).orElse(List.of()).stream()
        .filter(failed -> failed.trigger() != PostureTrigger.PREREQUISITE_FAILURE)
        .forEach(failed -> troubles.add(sentence(failed)));
    PostureState state = posture.state();
    if (state.posture() != Posture.NORMAL) {
      troubles.add("posture " + state.posture() + " (" + state.trigger() + "): " + state.detail());
    }
    return troubles;
  }

  /// The check of the root for the heartbeat.
  static Check prerequisites(GovernanceKeeper keeper) {
    List<String> faults = keeper.root().sentences();
    return faults.isEmpty()
        ? Check.passed("prerequisites")
        : Check.failed(
            "prerequisites",
            keeper.root().problem().map(Problem::reason).orElse(""),
            String.join("; ", faults),
            PostureTrigger.PREREQUISITE_FAILURE);
  }

  /// The genome in force.
  Optional<Genome> inForce() {
    return keeper.root().genome();
  }

  private Optional<Problem> heartbeatProblem() {
    Optional<HeartbeatReport> report = heartbeat.last();
    Judged known = judged;
    if (!known.report().equals(report)) {
      known = new Judged(report, problem(report));
      judged = known;
    }
    return known.problem();
  }

  private static Optional<Problem> problem(Optional<HeartbeatReport> report) {
    if (report.isEmpty()) {
      return Optional.of(NOT_LOOKED);
    }
    boolean closes =
        report.get().failed().stream().map(Check::trigger).anyMatch(GovernanceState::closes);
    return closes
        ? Optional.of(
            BootProblems.HEARTBEAT_FAIL_CLOSED
                .because("heartbeat: failed checks " + report.get().failedNames())
                .with("failed_checks", report.get().failedNames()))
        : Optional.empty();
  }

  /// The root is asked for itself, since it is looked at more often than the heartbeat beats.
  private static boolean closes(PostureTrigger trigger) {
    return trigger != PostureTrigger.PREREQUISITE_FAILURE
        && trigger.asksFor() == Posture.FAIL_CLOSED;
  }

  private static Problem violation(PostureState state) {
    return BootProblems.POSTURE_VIOLATION
        .because(
            "posture: " + state.posture() + " (" + state.trigger() + ") does not let this pass")
        .with("posture", state.posture().name())
        .with("trigger", state.trigger().name());
  }

  private static String sentence(Check failed) {
    return failed.name() + " (" + failed.code() + "): " + failed.detail();
  }
}
