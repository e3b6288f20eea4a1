package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import dev.reeve.gateway.ProblemTable;

/// How `DriverManagerService` names refusals, which [DriverErrors] has already put in its words.
final class DriverProblemTable implements ProblemTable {
  @Override
  public String domain() {
    return "eigen.driver_manager";
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
