package dev.reeve.conformance.crash;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.mathison.JobRunRequest;
import dev.reeve.wire.mathison.MathisonServiceGrpc;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.GetJobResultResponse;
import dev.reeve.wire.reeve.v1.GetTreeHeadRequest;
import dev.reeve.wire.reeve.v1.GetTreeHeadResponse;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListJobsResponse;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsResponse;
import dev.reeve.wire.reeve.v1.ListWorkersRequest;
import dev.reeve.wire.reeve.v1.RetryPolicy;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import dev.reeve.wire.reeve.v1.WatchJobsResponse;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The calls that the crash run makes, over one connection. Each throws
/// [io.grpc.StatusRuntimeException] when it is refused. Thread-safe; calls block.
final class Calls implements AutoCloseable {
  private static final long SECONDS_MAX = 20;
  private static final int ATTEMPTS_MAX = 50;
  private static final int PAGE_SIZE = 1_000;
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("x-idempotency-key", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;

  /// @param address `HOST:PORT`
  Calls(String address) {
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
  }

  ManagedChannel channel() {
    return channel;
  }

  /// Submits the order; the id of the job once the server has acknowledged it.
  String submit(Order order) {
    return switch (order.kind()) {
      case ECHO -> submitOwn(order, "job.echo");
      case WORK -> submitOwn(order, "job.default");
      case CIRCUIT -> submitEigen(order);
      case CIRCUIT_LATER -> submitEigenLater(order);
      case PROMPT ->
          CordumApiGrpc.newBlockingStub(channel)
              .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS)
              .submitJob(
                  dev.reeve.wire.cordum.v1.SubmitJobRequest.newBuilder()
                      .setTopic("job.echo")
                      .setPrompt(order.payload().toStringUtf8())
                      .setIdempotencyKey(order.key())
                      .build())
              .getJobId();
      case RUN ->
          MathisonServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS)
              .runJob(
                  JobRunRequest.newBuilder()
                      .setJobType("echo")
                      .setInputs(order.payload())
                      .setJobId(order.key())
                      .build())
              .getJobId();
    };
  }

  private String submitOwn(Order order, String topic) {
    SubmitJobRequest.Builder request =
        SubmitJobRequest.newBuilder()
            .setTopic(topic)
            .setPayload(order.payload())
            .setIdempotencyKey(order.key())
            .setRetry(RetryPolicy.newBuilder().setMaxAttempts(ATTEMPTS_MAX));
    order.parent().ifPresent(request::addDependsOn);
    return jobs().submitJob(request.build()).getJob().getJobId();
  }

  private String submitEigen(Order order) {
    dev.reeve.wire.eigen_api.v1.SubmitJobRequest.Builder request =
        dev.reeve.wire.eigen_api.v1.SubmitJobRequest.newBuilder()
            .setName("crash")
            .setTarget("sim:local")
            .setQasm(
                dev.reeve.wire.eigen_api.v1.QasmSource.newBuilder()
                    .setSource(ByteString.copyFromUtf8(order.program())))
            .putMetadata("shots", String.valueOf(Order.shots()));
    order.parent().ifPresent(request::addDependencies);
    return dev.reeve.wire.eigen_api.v1.JobServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key(order)))
        .submitJob(request.build())
        .getJobId();
  }

  private String submitEigenLater(Order order) {
    dev.reeve.wire.eigen.api.v1.SubmitJobRequest.Builder request =
        dev.reeve.wire.eigen.api.v1.SubmitJobRequest.newBuilder()
            .setName("crash")
            .setTarget("sim:local")
            .setQasm(
                dev.reeve.wire.eigen.api.v1.QasmSource.newBuilder()
                    .setSource(ByteString.copyFromUtf8(order.program())))
            .putMetadata("shots", String.valueOf(Order.shots()));
    order.parent().ifPresent(request::addDependencies);
    return dev.reeve.wire.eigen.api.v1.JobServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key(order)))
        .submitJob(request.build())
        .getJobId();
  }

  private static Metadata key(Order order) {
    Metadata headers = new Metadata();
    if (!order.key().isEmpty()) {
      headers.put(KEY, order.key());
    }
    return headers;
  }

  boolean cancel(String jobId) {
    return jobs().cancelJob(CancelJobRequest.newBuilder().setJobId(jobId).build()).getAccepted();
  }

  Job job(String jobId) {
    return jobs().getJob(GetJobRequest.newBuilder().setJobId(jobId).build()).getJob();
  }

  /// Why a job waits, and who could run it: for messages.
  String explain(String jobId) {
    return TextFormat.printer()
            .emittingSingleLine(true)
            .printToString(
                jobs().explainJob(ExplainJobRequest.newBuilder().setJobId(jobId).build()))
        + " workers: "
        + TextFormat.printer()
            .emittingSingleLine(true)
            .printToString(
                WorkerServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS)
                    .listWorkers(ListWorkersRequest.getDefaultInstance()));
  }

  ByteString result(String jobId) {
    Iterator<GetJobResultResponse> parts =
        jobs().getJobResult(GetJobResultRequest.newBuilder().setJobId(jobId).build());
    ByteString result = ByteString.EMPTY;
    while (parts.hasNext()) {
      result = result.concat(parts.next().getChunk());
    }
    return result;
  }

  /// Every job of the tenant, newest first.
  List<Job> all() {
    List<Job> all = new ArrayList<>();
    ListJobsRequest.Builder request = ListJobsRequest.newBuilder().setPageSize(PAGE_SIZE);
    ListJobsResponse page;
    do {
      page = jobs().listJobs(request.build());
      all.addAll(page.getJobsList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return all;
  }

  /// Hands over each event of these jobs until every one has ended.
  ///
  /// @param seconds how long that may take
  void watch(List<JobCursor> jobs, long seconds, Consumer<JobEvent> seen) {
    Iterator<WatchJobsResponse> events =
        JobServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(seconds, TimeUnit.SECONDS)
            .watchJobs(WatchJobsRequest.newBuilder().addAllJobs(jobs).build());
    events.forEachRemaining(event -> seen.accept(event.getEvent()));
  }

  GetTreeHeadResponse treeHead() {
    return audit().getTreeHead(GetTreeHeadRequest.getDefaultInstance());
  }

  ListReceiptsResponse receipts(ListReceiptsRequest request) {
    return audit().listReceipts(request);
  }

  private JobServiceGrpc.JobServiceBlockingStub jobs() {
    return JobServiceGrpc.newBlockingStub(channel).withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS);
  }

  private AuditServiceGrpc.AuditServiceBlockingStub audit() {
    return AuditServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
