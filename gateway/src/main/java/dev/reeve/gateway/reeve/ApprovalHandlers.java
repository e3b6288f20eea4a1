package dev.reeve.gateway.reeve;

import dev.reeve.base.Bytes;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.TenantChoice;
import dev.reeve.job.Job;
import dev.reeve.service.Caller;
import dev.reeve.service.DecideApproval;
import dev.reeve.service.JobView;
import dev.reeve.service.RemediateJob;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.ApproveJobResponse;
import dev.reeve.wire.reeve.v1.ListApprovalsRequest;
import dev.reeve.wire.reeve.v1.ListApprovalsResponse;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import dev.reeve.wire.reeve.v1.RejectJobResponse;
import dev.reeve.wire.reeve.v1.RemediateJobRequest;
import dev.reeve.wire.reeve.v1.RemediateJobResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/// `reeve.v1.ApprovalService`. Every method may block.
final class ApprovalHandlers extends ApprovalServiceGrpc.ApprovalServiceImplBase {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final GatewayServices services;
  private final Replies replies;
  private final RemediateJob remediations;

  ApprovalHandlers(GatewayServices services, Replies replies, RemediateJob remediations) {
    this.services = services;
    this.replies = replies;
    this.remediations = remediations;
  }

  @Override
  public void listApprovals(
      ListApprovalsRequest request, StreamObserver<ListApprovalsResponse> observer) {
    Caller anyTenant = CallScope.current().caller();
    replies.reply(
        observer,
        () -> {
          Caller caller = TenantChoice.of(anyTenant, "tenant", request.getTenant());
          FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
          ListDecoder.checkPageSize(fields, request.getPageSize());
          fields.throwIfAny();
          ListApprovalsRequest list = request.toBuilder().clearPageToken().clearPageSize().build();
          long after = PageTokens.read(caller.tenant(), list, request.getPageToken(), 0);
          return services
              .approvals()
              .held(caller)
              .thenApplyAsync(
                  held ->
                      page(
                          caller,
                          list,
                          held.stream().filter(job -> job.jobNo() > after).toList(),
                          ListDecoder.pageSize(request.getPageSize())),
                  services.blocking());
        },
        Function.identity());
  }

  private ListApprovalsResponse page(
      Caller caller, ListApprovalsRequest list, List<Job> held, int size) {
    ListApprovalsResponse.Builder out = ListApprovalsResponse.newBuilder();
    List<Job> shown = held.subList(0, Math.min(held.size(), size));
    for (Job job : shown) {
      JobView view = services.reader().view(job.key());
      out.addJobs(JobEncoder.encode(view));
      HeldJobEncoder.encode(view).ifPresent(waits -> out.putHeld(job.key().jobId(), waits));
    }
    if (held.size() > size) {
      out.setNextPageToken(PageTokens.write(caller.tenant(), list, shown.getLast().jobNo()));
    }
    return out.build();
  }

  @Override
  public void approveJob(ApproveJobRequest request, StreamObserver<ApproveJobResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () -> {
          check(request.getJobId(), "comment", request.getComment(), request.getPrincipalId());
          DecideApproval.Approval approval =
              new DecideApproval.Approval(
                  request.getJobId(),
                  request.getPrincipalId(),
                  services.gate().kept(scope.caller(), request.getComment()),
                  hash(request.getRequestHash()));
          return services
              .approvals()
              .approve(scope.caller(), approval, scope.action().id())
              .thenApplyAsync(
                  job ->
                      ApproveJobResponse.newBuilder()
                          .setJob(viewed(job))
                          .setRemainingApprovals(DecideApproval.remaining(job))
                          .build(),
                  services.blocking());
        },
        Function.identity());
  }

  @Override
  public void rejectJob(RejectJobRequest request, StreamObserver<RejectJobResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () -> {
          check(request.getJobId(), "reason", request.getReason(), request.getPrincipalId());
          return services
              .approvals()
              .reject(
                  scope.caller(),
                  request.getJobId(),
                  request.getPrincipalId(),
                  services.gate().kept(scope.caller(), request.getReason()),
                  scope.action().id())
              .thenApplyAsync(this::viewed, services.blocking());
        },
        job -> RejectJobResponse.newBuilder().setJob(job).build());
  }

  @Override
  public void remediateJob(
      RemediateJobRequest request, StreamObserver<RemediateJobResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () ->
            remediations
                .remediate(
                    scope.caller(),
                    RemediationDecoder.decode(scope.caller(), request),
                    scope.action().id())
                .thenApplyAsync(result -> viewed(result.job()), services.blocking()),
        job -> RemediateJobResponse.newBuilder().setJob(job).build());
  }

  private static void check(String jobId, String field, String words, String principal) {
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .givenId("job_id", jobId)
        .text(field, words, JobHandlers.REASON_LENGTH_MAX)
        .line("principal_id", principal, SubmitDecoder.NAME_LENGTH_MAX)
        .throwIfAny();
  }

  private static Bytes hash(String hex) {
    if (hex.isEmpty()) {
      return Bytes.EMPTY;
    }
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .require(HASH.matcher(hex).matches(), "request_hash", hex, "64 digits of lower-case hex")
        .throwIfAny();
    return Bytes.hex(hex);
  }

  private dev.reeve.wire.reeve.v1.Job viewed(Job job) {
    return JobEncoder.encode(
        job, services.reader().view(job.key()).admission().spec().work().labels());
  }
}
