package dev.reeve.gateway.reeve;

import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.TenantChoice;
import dev.reeve.job.Job;
import dev.reeve.service.Caller;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.ApproveJobResponse;
import dev.reeve.wire.reeve.v1.ListApprovalsRequest;
import dev.reeve.wire.reeve.v1.ListApprovalsResponse;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import dev.reeve.wire.reeve.v1.RejectJobResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// `reeve.v1.ApprovalService`. Every method may block.
final class ApprovalHandlers extends ApprovalServiceGrpc.ApprovalServiceImplBase {
  private final GatewayServices services;
  private final Replies replies;

  ApprovalHandlers(GatewayServices services, Replies replies) {
    this.services = services;
    this.replies = replies;
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
      out.addJobs(JobEncoder.encode(services.reader().view(job.key())));
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
          check(request.getJobId(), "comment", request.getComment());
          return viewed(
              services
                  .approvals()
                  .approve(
                      scope.caller(),
                      request.getJobId(),
                      request.getComment(),
                      scope.action().id()));
        },
        job -> ApproveJobResponse.newBuilder().setJob(job).build());
  }

  @Override
  public void rejectJob(RejectJobRequest request, StreamObserver<RejectJobResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () -> {
          check(request.getJobId(), "reason", request.getReason());
          return viewed(
              services
                  .approvals()
                  .reject(
                      scope.caller(),
                      request.getJobId(),
                      request.getReason(),
                      scope.action().id()));
        },
        job -> RejectJobResponse.newBuilder().setJob(job).build());
  }

  private static void check(String jobId, String field, String words) {
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .givenId("job_id", jobId)
        .text(field, words, JobHandlers.REASON_LENGTH_MAX)
        .throwIfAny();
  }

  private CompletableFuture<dev.reeve.wire.reeve.v1.Job> viewed(CompletableFuture<Job> decided) {
    return decided.thenApplyAsync(
        job ->
            JobEncoder.encode(
                job, services.reader().view(job.key()).admission().spec().work().labels()),
        services.blocking());
  }
}
