package dev.reeve.gateway.reeve;

import com.google.protobuf.UnsafeByteOperations;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.TenantChoice;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.service.Caller;
import dev.reeve.service.Futures;
import dev.reeve.service.JobView;
import dev.reeve.service.ListJobs;
import dev.reeve.service.ReviewHeldOutputs;
import dev.reeve.wire.reeve.v1.DeleteHeldOutputRequest;
import dev.reeve.wire.reeve.v1.DeleteHeldOutputResponse;
import dev.reeve.wire.reeve.v1.HeldOutput;
import dev.reeve.wire.reeve.v1.HeldOutputStanding;
import dev.reeve.wire.reeve.v1.ListHeldOutputsRequest;
import dev.reeve.wire.reeve.v1.ListHeldOutputsResponse;
import dev.reeve.wire.reeve.v1.OutputReviewServiceGrpc;
import dev.reeve.wire.reeve.v1.ReadHeldOutputRequest;
import dev.reeve.wire.reeve.v1.ReadHeldOutputResponse;
import dev.reeve.wire.reeve.v1.ReleaseHeldOutputRequest;
import dev.reeve.wire.reeve.v1.ReleaseHeldOutputResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/// `reeve.v1.OutputReviewService`. Every method may block.
final class HeldOutputHandlers extends OutputReviewServiceGrpc.OutputReviewServiceImplBase {
  private final GatewayServices services;
  private final ReviewHeldOutputs reviews;
  private final Replies replies;

  HeldOutputHandlers(GatewayServices services, Replies replies) {
    this.services = services;
    this.reviews = services.heldOutputs();
    this.replies = replies;
  }

  @Override
  public void listHeldOutputs(
      ListHeldOutputsRequest request, StreamObserver<ListHeldOutputsResponse> observer) {
    Caller anyTenant = CallScope.current().caller();
    replies.send(observer, () -> list(anyTenant, request));
  }

  private ListHeldOutputsResponse list(Caller anyTenant, ListHeldOutputsRequest request) {
    Caller caller = TenantChoice.of(anyTenant, "tenant", request.getTenant());
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    ListDecoder.checkPageSize(fields, request.getPageSize());
    fields.require(
        request.getStanding() != HeldOutputStanding.UNRECOGNIZED,
        "standing",
        request.getStandingValue(),
        "a standing of a held output");
    fields.throwIfAny();
    ListHeldOutputsRequest list = request.toBuilder().clearPageToken().clearPageSize().build();
    long below = PageTokens.read(caller.tenant(), list, request.getPageToken(), Long.MAX_VALUE);
    ListJobs.Page page =
        reviews.held(
            caller,
            standing(request.getStanding()),
            below,
            ListDecoder.pageSize(request.getPageSize()));
    ListHeldOutputsResponse.Builder out = ListHeldOutputsResponse.newBuilder();
    page.jobs().forEach(view -> out.addOutputs(encode(view)));
    page.nextBelow()
        .ifPresent(next -> out.setNextPageToken(PageTokens.write(caller.tenant(), list, next)));
    return out.build();
  }

  @Override
  public void readHeldOutput(
      ReadHeldOutputRequest request, StreamObserver<ReadHeldOutputResponse> observer) {
    CallScope scope = CallScope.current();
    ReviewHeldOutputs.Read read;
    try {
      check(request.getJobId(), "");
      read = reviews.read(scope.caller(), request.getJobId(), scope.action().id()).join();
    } catch (ProblemException e) {
      replies.fail(observer, e.problem());
      return;
    } catch (java.util.concurrent.CompletionException e) {
      replies.fail(observer, Futures.problem(e));
      return;
    }
    ServerCallStreamObserver<ReadHeldOutputResponse> call =
        (ServerCallStreamObserver<ReadHeldOutputResponse>) observer;
    ChunkStream.send(
        call,
        ReadHeldOutputResponse.newBuilder().setOutput(encode(read.view())).build(),
        read.bytes(),
        HeldOutputHandlers::chunk);
  }

  private static ReadHeldOutputResponse chunk(Bytes bytes, int from, int length) {
    return ReadHeldOutputResponse.newBuilder()
        .setChunk(UnsafeByteOperations.unsafeWrap(bytes.unsafeArray(), from, length))
        .build();
  }

  @Override
  public void releaseHeldOutput(
      ReleaseHeldOutputRequest request, StreamObserver<ReleaseHeldOutputResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () -> {
          check(request.getJobId(), request.getComment());
          return viewed(
              reviews.release(
                  scope.caller(),
                  request.getJobId(),
                  services.gate().kept(scope.caller(), request.getComment()),
                  scope.action().id()));
        },
        output -> ReleaseHeldOutputResponse.newBuilder().setOutput(output).build());
  }

  @Override
  public void deleteHeldOutput(
      DeleteHeldOutputRequest request, StreamObserver<DeleteHeldOutputResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(
        observer,
        () -> {
          check(request.getJobId(), request.getComment());
          return viewed(
              reviews.delete(
                  scope.caller(),
                  request.getJobId(),
                  services.gate().kept(scope.caller(), request.getComment()),
                  scope.action().id()));
        },
        output -> DeleteHeldOutputResponse.newBuilder().setOutput(output).build());
  }

  private static void check(String jobId, String comment) {
    new FieldChecks(GatewayProblems.REQUEST_INVALID)
        .givenId("job_id", jobId)
        .text("comment", comment, JobHandlers.REASON_LENGTH_MAX)
        .throwIfAny();
  }

  private CompletableFuture<HeldOutput> viewed(CompletableFuture<Job> decided) {
    return decided.thenApplyAsync(
        job -> encode(new JobView(job, services.reader().view(job.key()).admission())),
        services.blocking());
  }

  private static HeldOutput encode(JobView view) {
    HeldOutput.Builder out = HeldOutput.newBuilder().setJob(JobEncoder.encode(view));
    if (view.job().state() instanceof JobState.Quarantined held) {
      out.setStanding(encode(held.standing())).setOutput(JobEncoder.result(held.held()));
    }
    return out.build();
  }

  private static HeldOutputStanding encode(JobState.HeldOutput standing) {
    return switch (standing) {
      case HELD -> HeldOutputStanding.HELD_OUTPUT_STANDING_HELD;
      case RELEASED -> HeldOutputStanding.HELD_OUTPUT_STANDING_RELEASED;
      case DELETED -> HeldOutputStanding.HELD_OUTPUT_STANDING_DELETED;
    };
  }

  private static JobState.HeldOutput standing(HeldOutputStanding standing) {
    return switch (standing) {
      case HELD_OUTPUT_STANDING_UNSPECIFIED, HELD_OUTPUT_STANDING_HELD, UNRECOGNIZED ->
          JobState.HeldOutput.HELD;
      case HELD_OUTPUT_STANDING_RELEASED -> JobState.HeldOutput.RELEASED;
      case HELD_OUTPUT_STANDING_DELETED -> JobState.HeldOutput.DELETED;
    };
  }
}
