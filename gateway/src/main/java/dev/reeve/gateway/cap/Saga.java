package dev.reeve.gateway.cap;

import com.google.rpc.Status;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.job.StateName;
import dev.reeve.service.JobFilter;
import dev.reeve.service.JobView;
import dev.reeve.service.ListJobs;
import dev.reeve.wire.cordum.agent.v1.AlertSeverity;
import dev.reeve.wire.cordum.agent.v1.Compensation;
import dev.reeve.wire.cordum.agent.v1.ErrorCode;
import dev.reeve.wire.cordum.agent.v1.JobMetadata;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rolls a workflow back when one of its jobs has failed beyond repair: what its successful jobs
/// named as their compensation is submitted, the newest first, each after the one before has ended
/// or had its time. The id of a compensation follows from its job, so it is submitted once, however
/// often this is asked for: a rollback that was cut short is done by asking again. Blocks.
final class Saga {
  private static final Logger log = LoggerFactory.getLogger(Saga.class);
  private static final Duration EACH = Duration.ofSeconds(30);
  private static final int PAGE = 500;
  private static final int PAGES_MAX = 40;
  private static final int STEPS_MAX = 1_000;
  private static final int ID_LENGTH_MAX = 100;

  private final GatewayServices services;
  private final PacketSubmits submits;
  private final CapSender sender;

  Saga(GatewayServices services, PacketSubmits submits, CapSender sender) {
    this.services = services;
    this.submits = submits;
    this.sender = sender;
  }

  /// The end of which a report tells.
  ///
  /// @param tenant of the job; empty when the report names none
  /// @param dispatch the attempt that failed
  /// @param worker who reports it
  /// @param code of the failure
  record Failure(String tenant, String jobId, DispatchId dispatch, String worker, String code) {
    /// Whether the job may have ended in this way.
    private boolean isOf(Job job) {
      return job.key().jobId().equals(jobId)
          && (tenant.isEmpty() || job.key().tenant().equals(tenant))
          && job.state() instanceof JobState.Failed failed
          && failed.fatal()
          && failed.code().equals(code);
    }

    /// Whether its last attempt was this one, in the hands of this worker.
    private boolean isOf(JobEvent.Dispatched last) {
      return last.dispatch().equals(dispatch) && last.worker().equals(worker);
    }
  }

  /// @param alive called before each step
  /// @return whether nothing is left to do; else it must be asked for again
  boolean rollBack(Failure failure, Runnable alive) {
    try {
      Optional<JobView> failed = find(failure);
      String workflow =
          failed.map(view -> RequestFacts.read(view.admission().spec()).getWorkflowId()).orElse("");
      if (failed.isEmpty() || workflow.isEmpty()) {
        return true;
      }
      List<JobView> steps = steps(failed.get().job().key().tenant(), workflow);
      log.info("workflow rolled back workflow_id={} steps={}", workflow, steps.size());
      sender.metrics().sagaRollbacks.increment();
      for (JobView step : steps) {
        alive.run();
        if (!compensate(step)) {
          return postponed(failure, "a compensation is not taken now");
        }
      }
      return true;
    } catch (ProblemException e) {
      return postponed(failure, e.problem().reason());
    }
  }

  private boolean postponed(Failure failure, String why) {
    sender.metrics().sagaPostponed.increment();
    log.warn("workflow not rolled back yet job_id={} reason={}", failure.jobId(), why);
    return false;
  }

  /// The job, if it has ended in this way.
  private Optional<JobView> find(Failure failure) {
    return services
        .reader()
        .find(failure.dispatch().jobNo())
        .filter(view -> failure.isOf(view.job()))
        .filter(
            view -> services.reader().lastDispatch(view.job()).filter(failure::isOf).isPresent());
  }

  /// Successful jobs of the workflow that name a compensation, the one that ended last first.
  private List<JobView> steps(String tenant, String workflow) {
    JobFilter filter =
        JobFilter.ALL.withStates(Set.of(StateName.COMPLETED)).withDialect(RequestDecoder.DIALECT);
    List<JobView> steps = new ArrayList<>();
    long below = Long.MAX_VALUE;
    for (int page = 0; page < PAGES_MAX && steps.size() < STEPS_MAX; page++) {
      ListJobs.Page found = services.list().list(tenant, filter, below, PAGE);
      for (JobView view : found.jobs()) {
        JobRequest kept = RequestFacts.read(view.admission().spec());
        if (kept.getWorkflowId().equals(workflow) && kept.hasCompensation()) {
          steps.add(view);
        }
      }
      if (found.nextBelow().isEmpty()) {
        break;
      }
      below = found.nextBelow().get();
    }
    steps.sort(Comparator.comparingLong((JobView view) -> view.job().updatedAtMicros()).reversed());
    return steps;
  }

  /// @return whether it was submitted, or refused for good
  private boolean compensate(JobView step) {
    CompletableFuture<Optional<Status>> refusal = new CompletableFuture<>();
    JobRequest request = request(step);
    submits.submit(
        request,
        step.job().header().origin().traceId(),
        CapDesk.SENDER,
        new PacketSubmits.Outcome() {
          @Override
          public void done(String jobId) {
            refusal.complete(Optional.empty());
          }

          @Override
          public void refused(Status status) {
            refusal.complete(Optional.of(status));
          }
        });
    Optional<Status> refused = refusal.join();
    if (refused.isEmpty()) {
      sender.metrics().sagaCompensations.increment();
      await(new JobKey(step.job().key().tenant(), request.getJobId()));
      return true;
    }
    if (PacketSubmits.isForNow(refused.get())) {
      return false;
    }
    refusedForGood(step, refused.get());
    return true;
  }

  private void await(JobKey compensation) {
    try {
      Job job = services.reader().status(compensation).join();
      Job _ =
          services
              .await()
              .end(job)
              .completeOnTimeout(job, EACH.toMillis(), TimeUnit.MILLISECONDS)
              .join();
    } catch (CompletionException e) {
      log.warn("compensation not awaited job_id={}", compensation.jobId(), e);
    }
  }

  private void refusedForGood(JobView step, Status status) {
    sender.metrics().sagaCompensationsRefused.increment();
    sender
        .alerts()
        .raise(
            ErrorCode.ERROR_CODE_SAFETY_DENIED,
            AlertSeverity.ALERT_SEVERITY_ERROR,
            "compensation of job " + step.job().key().jobId() + " refused: " + status.getMessage());
  }

  /// What the compensation leaves open is as in the job itself.
  private static JobRequest request(JobView step) {
    JobRequest kept = RequestFacts.read(step.admission().spec());
    Compensation wanted = kept.getCompensation();
    JobKey key = step.job().key();
    JobMetadata.Builder meta =
        wanted.hasMeta() ? wanted.getMeta().toBuilder() : JobMetadata.newBuilder();
    meta.clearIdempotencyKey().clearTenantId();
    return JobRequest.newBuilder()
        .setJobId(id(key.jobId()))
        .setTopic(or(wanted.getTopic(), step.job().header().topic()))
        .setPriority(wanted.getPriority())
        .setContextPtr(or(wanted.getContextPtr(), Pointers.of(Pointers.CONTEXT, key.jobId())))
        .setAdapterId(or(wanted.getAdapterId(), kept.getAdapterId()))
        .putAllEnv(wanted.getEnvMap().isEmpty() ? kept.getEnvMap() : wanted.getEnvMap())
        .setParentJobId(key.jobId())
        .setWorkflowId(kept.getWorkflowId())
        .setStepIndex(kept.getStepIndex())
        .setMemoryId(or(wanted.getMemoryId(), kept.getMemoryId()))
        .setContextHints(
            wanted.hasContextHints() ? wanted.getContextHints() : kept.getContextHints())
        .setBudget(wanted.hasBudget() ? wanted.getBudget() : kept.getBudget())
        .setTenantId(key.tenant())
        .setPrincipalId(or(wanted.getPrincipalId(), step.job().header().origin().principal()))
        .putAllLabels(wanted.getLabelsMap())
        .setMeta(meta)
        .build();
  }

  private static String id(String jobId) {
    return jobId.length() <= ID_LENGTH_MAX
        ? jobId + ".compensation"
        : Sha256.of(Bytes.utf8(jobId)).hex() + ".compensation";
  }

  private static String or(String wanted, String own) {
    return wanted.isEmpty() ? own : wanted;
  }
}
