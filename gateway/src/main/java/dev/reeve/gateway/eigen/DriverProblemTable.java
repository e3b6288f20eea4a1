package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import dev.reeve.gateway.ProblemTable;

/// How `DriverManagerService` names refusals: in the words of [DriverErrors], those of the gate
/// too, which know of no device.
final class DriverProblemTable implements ProblemTable {
  @Override
  public String domain() {
    return "eigen.driver_manager";
  }

  @Override
  public Problem told(Problem problem) {
    return DriverErrors.isTold(problem) ? problem : new DriverErrors("", "", "").of(problem);
  }

  @Override
  public boolean saysRetryable() {
    return true;
  }

  @Override
  public boolean retryable(Problem problem) {
    return problem.retryAfter().isPresent();
  }
}
