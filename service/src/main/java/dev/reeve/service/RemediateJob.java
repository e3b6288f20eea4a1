package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Idempotency;
import dev.reeve.engine.Writer;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobSpec;
import dev.reeve.job.JobState;
import dev.reeve.job.Placement;
import dev.reeve.job.Work;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.Remediation;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// Submits a denied or held job anew, changed as a remediation says. What is offered comes from the
/// policy in force, never from what an older one said; another decider's remediations are not
/// offered. Blocks for reads; belongs on a virtual thread.
public final class RemediateJob {
  /// Label of the new job: the id of the first one. Its name is one that no client can set.
  public static final String FIRST_LABEL = "_remediates";

  /// Label of the new job: the id of the remediation.
  public static final String REMEDIATION_LABEL = "_remediation";

  private static final String CONTENT_LABELS = "_content.";
  private static final int NAMES_LENGTH_MAX = 1024;

  private final SubmitJob submit;
  private final JobReader reader;
  private final RulesInForce rules;
  private final CommittedRates rates;

  public RemediateJob(
      SubmitJob submit, JobReader reader, RulesInForce rules, Writer writer, InstantSource clock) {
    this.submit = submit;
    this.reader = reader;
    this.rules = rules;
    this.rates = new CommittedRates(writer.rates(), clock);
  }

  /// What is asked for.
  ///
  /// @param jobId the denied or held job
  /// @param remediationId which of those offered
  /// @param payload in place of the first job's; empty for its own
  /// @param newJobId id of the new job; empty for one of ours
  /// @param idempotency how a repeat is recognised
  public record Request(
      String jobId,
      String remediationId,
      Optional<Bytes> payload,
      Optional<String> newJobId,
      Optional<Idempotency> idempotency) {}

  /// What the policy in force offers instead of a job; nothing where the job is neither denied nor
  /// held, or is permitted by now. Does not block.
  public List<Remediation> offered(JobView view) {
    if (!isStopped(view.job().state())) {
      return List.of();
    }
    // Only rules offer something, and they do not look into content.
    return offered(rules.look(JobQuestion.of(view.admission().spec(), Bytes.EMPTY), rates));
  }

  /// Ids of what a decision offers, between commas, as many as fit; empty when nothing is.
  static String names(PolicyDecision decision) {
    StringBuilder names = new StringBuilder();
    for (Remediation one :
        OtherDeciders.isOther(decision) ? List.<Remediation>of() : offered(decision)) {
      if (names.length() + one.id().length() < NAMES_LENGTH_MAX) {
        names.append(names.isEmpty() ? "" : ",").append(one.id());
      }
    }
    return names.toString();
  }

  private static List<Remediation> offered(PolicyDecision decision) {
    return decision.decision().permits()
        ? List.of()
        : decision.remediations().stream().filter(one -> !one.id().isEmpty()).toList();
  }

  /// The new job. Fails as a submit does, and with `JOB_NOT_FOUND`, `JOB_NOT_REMEDIABLE`,
  /// `REMEDIATION_NOT_FOUND` or `PAYLOAD_REQUIRED`.
  ///
  /// @param action id of the registered action, for the receipt
  public CompletableFuture<SubmitResult> remediate(Caller caller, Request request, String action) {
    JobView first = reader.view(new JobKey(caller.tenant(), request.jobId()));
    JobState state = first.job().state();
    if (!isStopped(state)) {
      throw ServiceProblems.JOB_NOT_REMEDIABLE
          .because("job is " + state.name() + " (expected: DENIED or AWAITING_APPROVAL)")
          .with("job_id", request.jobId())
          .toException();
    }
    Remediation by = chosen(offered(first), request);
    JobSpec spec = first.admission().spec();
    Bytes payload = request.payload().orElseGet(() -> kept(first));
    Work work = changed(spec.work(), by, request);
    return submit.submit(
        caller.withProject(spec.project()).withDialect(spec.origin().dialect()),
        Resubmission.of(
            spec.withWork(work).withPlacement(placed(spec, work.topic())),
            payload,
            new Resubmission.By(
                caller.principal(), request.newJobId(), request.idempotency(), action)));
  }

  private static boolean isStopped(JobState state) {
    return state instanceof JobState.Denied || state instanceof JobState.AwaitingApproval;
  }

  private static Remediation chosen(List<Remediation> offered, Request request) {
    return offered.stream()
        .filter(one -> one.id().equals(request.remediationId()))
        .findFirst()
        .orElseThrow(() -> notOffered(offered, request).toException());
  }

  private static Problem notOffered(List<Remediation> offered, Request request) {
    String ids = offered.stream().map(Remediation::id).collect(Collectors.joining(", "));
    String shown = ids.length() > NAMES_LENGTH_MAX ? ids.substring(0, NAMES_LENGTH_MAX) : ids;
    return ServiceProblems.REMEDIATION_NOT_FOUND
        .field(
            "remediation_id",
            request.remediationId(),
            shown.isEmpty() ? "none, the policy in force offers nothing instead" : shown)
        .with("job_id", request.jobId())
        .with("remediations", shown);
  }

  private Bytes kept(JobView first) {
    return Resubmission.kept(reader, first)
        .orElseThrow(() ->
            ServiceProblems.PAYLOAD_REQUIRED
                .field(
                    "payload", "absent", "the payload, which is not kept of a job that was denied")
                .with("job_id", first.job().key().jobId())
                .toException());
  }

  private static Work changed(Work first, Remediation by, Request request) {
    Map<String, String> labels = new HashMap<>(first.labels());
    if (request.payload().isPresent()) {
      labels.keySet().removeIf(name -> name.startsWith(CONTENT_LABELS));
    }
    labels.putAll(by.addLabels());
    by.removeLabels().forEach(labels::remove);
    labels.put(FIRST_LABEL, request.jobId());
    labels.put(REMEDIATION_LABEL, by.id());
    return new Work(
        first.name(),
        by.replacementTopic().isEmpty() ? first.topic() : by.replacementTopic(),
        by.replacementCapability().isEmpty() ? first.capability() : by.replacementCapability(),
        first.riskTags(),
        first.requires(),
        labels,
        first.metadata(),
        first.attributes(),
        first.claims());
  }

  /// A device stays the device; what went by its topic goes by the new one.
  private static Placement placed(JobSpec first, String topic) {
    Placement before = first.placement();
    String route = before.route().equals(first.work().topic()) ? topic : before.route();
    return new Placement(route, before.group(), before.priority(), before.dependsOn());
  }
}
