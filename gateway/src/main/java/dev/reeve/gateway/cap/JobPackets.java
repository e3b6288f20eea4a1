package dev.reeve.gateway.cap;

import com.google.protobuf.ByteString;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.job.Claims;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobSpec;
import dev.reeve.service.GrantVariables;
import dev.reeve.wire.cordum.agent.v1.ActorType;
import dev.reeve.wire.cordum.agent.v1.Budget;
import dev.reeve.wire.cordum.agent.v1.DispatchIdentity;
import dev.reeve.wire.cordum.agent.v1.IdentityBinding;
import dev.reeve.wire.cordum.agent.v1.JobCancel;
import dev.reeve.wire.cordum.agent.v1.JobMetadata;
import dev.reeve.wire.cordum.agent.v1.JobPriority;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import dev.reeve.wire.cordum.agent.v1.ResourceRef;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a worker is told of a job. Stateless.
final class JobPackets {
  private static final String RESOLVER = "reeve";
  private static final long MICROS_PER_MILLI = 1_000;

  private JobPackets() {}

  /// @param context the input as the worker reads it
  static JobRequest request(ExecutorSession.Assignment assigned, String workerId, Bytes context) {
    JobSpec spec = assigned.admission().spec();
    String jobId = spec.key().jobId();
    JobRequest kept = RequestFacts.read(spec);
    JobRequest.Builder out =
        kept.toBuilder()
            .setJobId(jobId)
            .setTopic(spec.work().topic())
            .setPriority(priority(spec.placement().priority()))
            .setTenantId(spec.key().tenant())
            .setPrincipalId(spec.origin().principal())
            .putAllLabels(spec.work().labels())
            .putAllEnv(environment(spec, assigned.job(), kept))
            .setBudget(budget(spec, assigned.job(), kept))
            .setMeta(meta(spec))
            .setIdentity(identity(spec))
            .setDispatch(dispatch(assigned.dispatch(), workerId));
    if (kept.getAdapterId().isEmpty()) {
      out.setAdapterId(spec.work().metadata().getOrDefault("adapter_id", ""));
    }
    if (kept.getMemoryId().isEmpty()) {
      out.setMemoryId(spec.work().metadata().getOrDefault("memory_id", ""));
    }
    if (kept.getContextPtr().isEmpty()) {
      String pointer = Pointers.of(Pointers.CONTEXT, jobId);
      out.setContextPtr(pointer)
          .setContextRef(
              ResourceRef.newBuilder()
                  .setResolverId(RESOLVER)
                  .setUri(pointer)
                  .setSha256(ByteString.copyFrom(Sha256.of(context).toArray()))
                  .setMediaType(ContentTypes.of(context))
                  .setSizeBytes(context.size())
                  .setPurpose("context"));
    }
    return out.build();
  }

  /// Whether what a packet says of its dispatch, as far as it does, is this attempt.
  static boolean isOf(DispatchId dispatch, DispatchIdentity said) {
    boolean named =
        said.getDispatchId().isEmpty() || said.getDispatchId().equals(dispatch.toString());
    return named && (said.getAttempt() == 0 || said.getAttempt() == dispatch.attempt());
  }

  /// @param by who gave the job up
  /// @param workerId the worker that has the attempt
  static JobCancel cancel(
      String jobId, String reason, String by, DispatchId dispatch, String workerId) {
    return JobCancel.newBuilder()
        .setJobId(jobId)
        .setReason(reason)
        .setRequestedBy(by)
        .setDispatch(dispatch(dispatch, workerId))
        .build();
  }

  static String priorityWord(int priority) {
    return switch (priority(priority)) {
      case JOB_PRIORITY_BATCH -> "batch";
      case JOB_PRIORITY_CRITICAL -> "critical";
      case JOB_PRIORITY_INTERACTIVE, JOB_PRIORITY_UNSPECIFIED, UNRECOGNIZED -> "interactive";
    };
  }

  private static JobPriority priority(int priority) {
    if (priority >= RequestDecoder.CRITICAL) {
      return JobPriority.JOB_PRIORITY_CRITICAL;
    }
    return priority <= RequestDecoder.BATCH
        ? JobPriority.JOB_PRIORITY_BATCH
        : JobPriority.JOB_PRIORITY_INTERACTIVE;
  }

  private static DispatchIdentity dispatch(DispatchId dispatch, String workerId) {
    return DispatchIdentity.newBuilder()
        .setDispatchId(dispatch.toString())
        .setAttempt(dispatch.attempt())
        .setAssignedWorkerId(workerId)
        .build();
  }

  private static IdentityBinding identity(JobSpec spec) {
    return IdentityBinding.newBuilder()
        .setTenantId(spec.key().tenant())
        .setPrincipalId(spec.origin().principal())
        .setActorId(spec.work().claims().actorId())
        .build();
  }

  private static JobMetadata meta(JobSpec spec) {
    Claims claims = spec.work().claims();
    return JobMetadata.newBuilder()
        .setTenantId(spec.key().tenant())
        .setActorId(claims.actorId())
        .setActorType(actorType(claims.actorType()))
        .setCapability(spec.work().capability())
        .addAllRiskTags(spec.work().riskTags())
        .addAllRequires(spec.work().requires())
        .setPackId(claims.packId())
        .build();
  }

  private static ActorType actorType(String word) {
    return switch (word) {
      case "human" -> ActorType.ACTOR_TYPE_HUMAN;
      case "service" -> ActorType.ACTOR_TYPE_SERVICE;
      default -> ActorType.ACTOR_TYPE_UNSPECIFIED;
    };
  }

  /// The variables of the contract under those of the packet, and policy's over both.
  private static Map<String, String> environment(JobSpec spec, Job job, JobRequest kept) {
    Map<String, String> facts = spec.work().metadata();
    Map<String, String> env = new TreeMap<>();
    env.put("tenant_id", spec.key().tenant());
    env.put("memory_id", facts.getOrDefault("memory_id", spec.key().jobId()));
    for (String name :
        new String[] {
          "context_mode", "max_input_tokens", "max_output_tokens", "team_id", "project_id"
        }) {
      String value = facts.getOrDefault(name, "");
      if (!value.isEmpty()) {
        env.put(name, value);
      }
    }
    env.putAll(kept.getEnvMap());
    env.putAll(GrantVariables.of(job.grant()));
    return env;
  }

  /// The time for a run is no longer than policy permits.
  private static Budget budget(JobSpec spec, Job job, JobRequest kept) {
    Budget.Builder budget = kept.getBudget().toBuilder();
    Map<String, String> facts = spec.work().metadata();
    if (budget.getMaxInputTokens() == 0) {
      budget.setMaxInputTokens(number(facts.get("max_input_tokens")));
    }
    if (budget.getMaxOutputTokens() == 0) {
      budget.setMaxOutputTokens(number(facts.get("max_output_tokens")));
    }
    long runMs = job.runTimeoutMicros() / MICROS_PER_MILLI;
    if (runMs > 0 && (budget.getDeadlineMs() == 0 || runMs < budget.getDeadlineMs())) {
      budget.setDeadlineMs(runMs);
    }
    return budget.build();
  }

  private static long number(@Nullable String text) {
    boolean digits =
        text != null
            && !text.isEmpty()
            && text.length() <= 15
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Long.parseLong(text) : 0;
  }
}
