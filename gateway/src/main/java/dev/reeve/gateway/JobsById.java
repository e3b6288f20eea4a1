package dev.reeve.gateway;

import dev.reeve.base.Problem;
import dev.reeve.job.JobKey;
import dev.reeve.ledger.Receipt;
import dev.reeve.service.Caller;
import dev.reeve.service.JobView;
import dev.reeve.service.RefusalReceipts;
import java.util.Optional;

/// Jobs that a request names by their id alone, whichever tenant they belong to.
///
/// The caller's own job comes first. The local operator who names no tenant may mean any; then
/// consent of the tenant of that job is asked, as it is of a tenant that a request names. Blocks.
public final class JobsById {
  private final GatewayServices services;

  public JobsById(GatewayServices services) {
    this.services = services;
  }

  /// Empty when there is none that the caller may mean.
  ///
  /// @throws dev.reeve.base.ProblemException when consent of the job's tenant halts the action
  public Optional<JobView> find(CallScope scope, String jobId) {
    Caller caller = scope.caller();
    Optional<JobView> own = services.reader().find(new JobKey(caller.tenant(), jobId));
    if (own.isPresent() || !mayMeanAny(scope)) {
      return own;
    }
    Optional<JobView> foreign = services.reader().findInAnyTenant(jobId);
    foreign.ifPresent(view -> heed(scope, view.job().key()));
    return foreign;
  }

  private static boolean mayMeanAny(CallScope scope) {
    return scope.caller().localOperator()
        && scope.header("x-tenant-id").isEmpty()
        && scope.header("x-eigen-tenant").isEmpty();
  }

  private void heed(CallScope scope, JobKey key) {
    Caller about = scope.caller().withTenant(key.tenant());
    Optional<Problem> halted = services.gate().halted(about, scope.clientId(), scope.action());
    if (halted.isEmpty()) {
      return;
    }
    Problem problem = halted.get();
    if (scope.action().sideEffect()) {
      Receipt receipt =
          Receipt.of(scope.action().id(), "deny")
              .withSubject(key.tenant(), key.jobId(), about.principal())
              .withRule(problem.reason(), problem.message(), "");
      problem = RefusalReceipts.write(services.writer(), receipt, problem);
    }
    throw problem.toException();
  }
}
