package dev.reeve.cli;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.reeve.wire.cordum.v1.CordumApiGrpc;
import dev.reeve.wire.eigen_api.v1.DeviceDetailsRequest;
import dev.reeve.wire.eigen_api.v1.DeviceDetailsResponse;
import dev.reeve.wire.eigen_api.v1.DeviceInfo;
import dev.reeve.wire.eigen_api.v1.DeviceServiceGrpc;
import dev.reeve.wire.eigen_api.v1.GetDispatchRationaleRequest;
import dev.reeve.wire.eigen_api.v1.GetDispatchRationaleResponse;
import dev.reeve.wire.eigen_api.v1.JobResponse;
import dev.reeve.wire.eigen_api.v1.JobResultsRequest;
import dev.reeve.wire.eigen_api.v1.JobResultsResponse;
import dev.reeve.wire.eigen_api.v1.ListDevicesRequest;
import dev.reeve.wire.eigen_api.v1.ListDevicesResponse;
import dev.reeve.wire.reeve.v1.ApprovalServiceGrpc;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.ApproveJobResponse;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.CancelJobResponse;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.ExplainJobResponse;
import dev.reeve.wire.reeve.v1.GetConfigRequest;
import dev.reeve.wire.reeve.v1.GetConfigResponse;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.GetJobResponse;
import dev.reeve.wire.reeve.v1.GetJobResultRequest;
import dev.reeve.wire.reeve.v1.GetJobResultResponse;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotRequest;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotResponse;
import dev.reeve.wire.reeve.v1.GetServerInfoRequest;
import dev.reeve.wire.reeve.v1.GetServerInfoResponse;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobCursor;
import dev.reeve.wire.reeve.v1.JobEvent;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.ListApprovalsRequest;
import dev.reeve.wire.reeve.v1.ListApprovalsResponse;
import dev.reeve.wire.reeve.v1.ListJobsRequest;
import dev.reeve.wire.reeve.v1.ListJobsResponse;
import dev.reeve.wire.reeve.v1.ListPolicySnapshotsRequest;
import dev.reeve.wire.reeve.v1.ListPolicySnapshotsResponse;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import dev.reeve.wire.reeve.v1.RejectJobResponse;
import dev.reeve.wire.reeve.v1.RemediateJobRequest;
import dev.reeve.wire.reeve.v1.RemediateJobResponse;
import dev.reeve.wire.reeve.v1.ResultInfo;
import dev.reeve.wire.reeve.v1.RetryJobRequest;
import dev.reeve.wire.reeve.v1.RetryJobResponse;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.SubmitJobResponse;
import dev.reeve.wire.reeve.v1.SystemServiceGrpc;
import dev.reeve.wire.reeve.v1.WatchJobsRequest;
import dev.reeve.wire.reeve.v1.WatchJobsResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A server on a loopback port that answers from what the test put in and records what it was
/// asked. It decides nothing: a job is in the state that the test gave it.
final class FakeServer implements AutoCloseable {
  static final int PAGE_MAX = 2;

  private static final Metadata.Key<String> TENANT =
      Metadata.Key.of("x-tenant-id", Metadata.ASCII_STRING_MARSHALLER);

  final List<Message> requests = new CopyOnWriteArrayList<>();
  final List<String> tenants = new CopyOnWriteArrayList<>();
  final Map<String, Job> jobs = new ConcurrentHashMap<>();
  final Map<String, List<JobEvent>> events = new ConcurrentHashMap<>();
  final Map<String, ByteString> results = new ConcurrentHashMap<>();
  final Map<String, JobResultsResponse> circuitResults = new ConcurrentHashMap<>();
  final Map<String, ExplainJobResponse> explanations = new ConcurrentHashMap<>();
  final List<DeviceInfo> devices = new CopyOnWriteArrayList<>();

  /// Policies that were in force, the newest first.
  final List<GetPolicySnapshotResponse> policies = new CopyOnWriteArrayList<>();

  final FakeWorkerService workers = new FakeWorkerService();

  /// How the next watches end after so many events; none: when the jobs have ended.
  final Queue<WatchEnd> watchEnds = new ConcurrentLinkedQueue<>();

  /// The next calls, whatever they are, are refused with these.
  final Queue<StatusRuntimeException> refusals = new ConcurrentLinkedQueue<>();

  volatile GetServerInfoResponse info = GetServerInfoResponse.getDefaultInstance();
  volatile GetConfigResponse config = GetConfigResponse.getDefaultInstance();
  volatile GetDispatchRationaleResponse rationale =
      GetDispatchRationaleResponse.getDefaultInstance();
  volatile JobResponse circuitAnswer = JobResponse.newBuilder().setJobId("circuit-1").build();
  volatile dev.reeve.wire.cordum.v1.SubmitJobResponse promptAnswer =
      dev.reeve.wire.cordum.v1.SubmitJobResponse.newBuilder().setJobId("prompt-1").build();
  volatile Job payloadAnswer =
      Job.newBuilder().setJobId("job-1").setState(JobState.JOB_STATE_QUEUED).build();

  private volatile Server server;
  private final int port;

  /// @param error null: the stream ends in order
  record WatchEnd(int afterEvents, @Nullable StatusRuntimeException error) {}

  private FakeServer(int port) {
    this.server = listen(port);
    this.port = server.getPort();
  }

  static FakeServer start() {
    return new FakeServer(0);
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /// Drops every connection and listens again on the same port.
  void restart() {
    server.shutdownNow();
    awaitEnd();
    server = listen(port);
  }

  /// Drops every connection and stays away.
  void stop() {
    server.shutdownNow();
    awaitEnd();
  }

  void resume() {
    server = listen(port);
  }

  @Override
  public void close() {
    stop();
  }

  private void awaitEnd() {
    try {
      server.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The only request of a kind.
  <T extends Message> T request(Class<T> type) {
    List<T> found = requests(type);
    if (found.size() != 1) {
      throw new AssertionError(type.getSimpleName() + ": " + found.size() + " (expected: one)");
    }
    return found.getFirst();
  }

  <T extends Message> List<T> requests(Class<T> type) {
    return requests.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// A failure with `google.rpc` details.
  static StatusRuntimeException refusal(
      io.grpc.Status.Code code, String message, Message... details) {
    Status.Builder status = Status.newBuilder().setCode(code.value()).setMessage(message);
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private Server listen(int wanted) {
    try {
      return NettyServerBuilder.forAddress(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted))
          .maxInboundMessageSize(80 * 1024 * 1024)
          .addService(new Jobs())
          .addService(new Approvals())
          .addService(new SystemApi())
          .addService(new Policies())
          .addService(new Circuits())
          .addService(new Devices())
          .addService(new Agents())
          .addService(workers)
          .intercept(new Recorder())
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Recorder implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String tenant = headers.get(TENANT);
      tenants.add(tenant == null ? "" : tenant);
      return next.startCall(call, headers);
    }
  }

  private <T> void answer(Message request, StreamObserver<T> observer, T answer) {
    requests.add(request);
    StatusRuntimeException refusal = refusals.poll();
    if (refusal != null) {
      observer.onError(refusal);
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }

  private void answerJob(Message request, String jobId, StreamObserver<GetJobResponse> observer) {
    Job job = jobs.get(jobId);
    if (job == null) {
      requests.add(request);
      observer.onError(notFound());
    } else {
      answer(request, observer, GetJobResponse.newBuilder().setJob(job).build());
    }
  }

  private static <T> T known(Map<String, T> byJob, String jobId) {
    return Objects.requireNonNull(byJob.get(jobId), jobId);
  }

  static StatusRuntimeException notFound() {
    return refusal(
        io.grpc.Status.Code.NOT_FOUND,
        "no such job for this tenant",
        com.google.rpc.ErrorInfo.newBuilder()
            .setReason("JOB_NOT_FOUND")
            .setDomain("reeve.v1")
            .build());
  }

  private final class Jobs extends JobServiceGrpc.JobServiceImplBase {
    @Override
    public void submitJob(SubmitJobRequest request, StreamObserver<SubmitJobResponse> observer) {
      answer(request, observer, SubmitJobResponse.newBuilder().setJob(payloadAnswer).build());
    }

    @Override
    public void getJob(GetJobRequest request, StreamObserver<GetJobResponse> observer) {
      answerJob(request, request.getJobId(), observer);
    }

    @Override
    public void listJobs(ListJobsRequest request, StreamObserver<ListJobsResponse> observer) {
      List<Job> all =
          jobs.values().stream().sorted((a, b) -> a.getJobId().compareTo(b.getJobId())).toList();
      int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
      int to = Math.min(all.size(), from + Math.min(PAGE_MAX, request.getPageSize()));
      answer(
          request,
          observer,
          ListJobsResponse.newBuilder()
              .addAllJobs(all.subList(from, to))
              .setNextPageToken(to < all.size() ? String.valueOf(to) : "")
              .build());
    }

    @Override
    public void retryJob(RetryJobRequest request, StreamObserver<RetryJobResponse> observer) {
      answer(
          request,
          observer,
          RetryJobResponse.newBuilder()
              .setJob(payloadAnswer)
              .setKnown(request.getJobId().equals("again"))
              .build());
    }

    @Override
    public void cancelJob(CancelJobRequest request, StreamObserver<CancelJobResponse> observer) {
      Job job = jobs.getOrDefault(request.getJobId(), Job.getDefaultInstance());
      answer(
          request,
          observer,
          CancelJobResponse.newBuilder()
              .setJob(job)
              .setAccepted(!Words.isTerminal(job.getState()))
              .build());
    }

    @Override
    public void explainJob(ExplainJobRequest request, StreamObserver<ExplainJobResponse> observer) {
      answer(request, observer, known(explanations, request.getJobId()));
    }

    @Override
    public void getJobResult(
        GetJobResultRequest request, StreamObserver<GetJobResultResponse> observer) {
      requests.add(request);
      ResultInfo announced = known(jobs, request.getJobId()).getResult();
      observer.onNext(GetJobResultResponse.newBuilder().setInfo(announced).build());
      ByteString bytes = known(results, request.getJobId());
      for (int from = 0; from < bytes.size(); from += 256 * 1024) {
        ByteString chunk = bytes.substring(from, Math.min(bytes.size(), from + 256 * 1024));
        observer.onNext(GetJobResultResponse.newBuilder().setChunk(chunk).build());
      }
      observer.onCompleted();
    }

    @Override
    public void watchJobs(WatchJobsRequest request, StreamObserver<WatchJobsResponse> observer) {
      requests.add(request);
      StatusRuntimeException refusal = refusals.poll();
      if (refusal != null) {
        observer.onError(refusal);
        return;
      }
      WatchEnd end = watchEnds.poll();
      int sent = 0;
      for (JobCursor cursor : request.getJobsList()) {
        List<JobEvent> history = events.get(cursor.getJobId());
        if (history == null) {
          observer.onError(notFound());
          return;
        }
        for (JobEvent event : history) {
          if (event.getEventSeq() > cursor.getAfterEventSeq()) {
            if (end != null && sent == end.afterEvents()) {
              end(observer, end);
              return;
            }
            observer.onNext(WatchJobsResponse.newBuilder().setEvent(event).build());
            sent++;
          }
        }
      }
      observer.onCompleted();
    }

    private void end(StreamObserver<WatchJobsResponse> observer, WatchEnd end) {
      if (end.error() == null) {
        observer.onCompleted();
      } else {
        observer.onError(end.error());
      }
    }
  }

  private final class Approvals extends ApprovalServiceGrpc.ApprovalServiceImplBase {
    @Override
    public void listApprovals(
        ListApprovalsRequest request, StreamObserver<ListApprovalsResponse> observer) {
      List<Job> held = new ArrayList<>();
      for (Job job : new java.util.TreeMap<>(new HashMap<>(jobs)).values()) {
        if (job.getState() == JobState.JOB_STATE_AWAITING_APPROVAL) {
          held.add(job);
        }
      }
      answer(request, observer, ListApprovalsResponse.newBuilder().addAllJobs(held).build());
    }

    @Override
    public void approveJob(ApproveJobRequest request, StreamObserver<ApproveJobResponse> observer) {
      Job job =
          Job.newBuilder().setJobId(request.getJobId()).setState(JobState.JOB_STATE_QUEUED).build();
      answer(request, observer, ApproveJobResponse.newBuilder().setJob(job).build());
    }

    @Override
    public void rejectJob(RejectJobRequest request, StreamObserver<RejectJobResponse> observer) {
      Job job =
          Job.newBuilder().setJobId(request.getJobId()).setState(JobState.JOB_STATE_DENIED).build();
      answer(request, observer, RejectJobResponse.newBuilder().setJob(job).build());
    }

    @Override
    public void remediateJob(
        RemediateJobRequest request, StreamObserver<RemediateJobResponse> observer) {
      answer(request, observer, RemediateJobResponse.newBuilder().setJob(payloadAnswer).build());
    }
  }

  private final class Policies extends PolicyServiceGrpc.PolicyServiceImplBase {
    @Override
    public void listPolicySnapshots(
        ListPolicySnapshotsRequest request, StreamObserver<ListPolicySnapshotsResponse> observer) {
      ListPolicySnapshotsResponse.Builder all = ListPolicySnapshotsResponse.newBuilder();
      policies.forEach(policy -> all.addSnapshots(policy.getSnapshot()));
      answer(request, observer, all.build());
    }

    @Override
    public void getPolicySnapshot(
        GetPolicySnapshotRequest request, StreamObserver<GetPolicySnapshotResponse> observer) {
      policies.stream()
          .filter(policy -> policy.getSnapshot().getId().equals(request.getSnapshot()))
          .findFirst()
          .ifPresentOrElse(
              policy -> answer(request, observer, policy),
              () -> observer.onError(refusal(io.grpc.Status.Code.NOT_FOUND, "not kept")));
    }
  }

  private final class SystemApi extends SystemServiceGrpc.SystemServiceImplBase {
    @Override
    public void getServerInfo(
        GetServerInfoRequest request, StreamObserver<GetServerInfoResponse> observer) {
      answer(request, observer, info);
    }

    @Override
    public void getConfig(GetConfigRequest request, StreamObserver<GetConfigResponse> observer) {
      answer(request, observer, config);
    }
  }

  private final class Circuits
      extends dev.reeve.wire.eigen_api.v1.JobServiceGrpc.JobServiceImplBase {
    @Override
    public void submitJob(
        dev.reeve.wire.eigen_api.v1.SubmitJobRequest request,
        StreamObserver<JobResponse> observer) {
      answer(request, observer, circuitAnswer);
    }

    @Override
    public void getJobResults(
        JobResultsRequest request, StreamObserver<JobResultsResponse> observer) {
      answer(request, observer, known(circuitResults, request.getJobId()));
    }

    @Override
    public void getDispatchRationale(
        GetDispatchRationaleRequest request,
        StreamObserver<GetDispatchRationaleResponse> observer) {
      answer(request, observer, rationale);
    }
  }

  private final class Devices extends DeviceServiceGrpc.DeviceServiceImplBase {
    @Override
    public void listDevices(
        ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
      answer(request, observer, ListDevicesResponse.newBuilder().addAllDevices(devices).build());
    }

    @Override
    public void getDeviceDetails(
        DeviceDetailsRequest request, StreamObserver<DeviceDetailsResponse> observer) {
      requests.add(request);
      for (DeviceInfo device : devices) {
        if (device.getDeviceId().equals(request.getDeviceId())) {
          answer(request, observer, DeviceDetailsResponse.newBuilder().setDevice(device).build());
          return;
        }
      }
      observer.onError(
          refusal(
              io.grpc.Status.Code.NOT_FOUND,
              "device_id: \"" + request.getDeviceId() + "\" (expected: a known device)",
              com.google.rpc.ErrorInfo.newBuilder().setReason("DEVICE_NOT_FOUND").build()));
    }
  }

  private final class Agents extends CordumApiGrpc.CordumApiImplBase {
    @Override
    public void submitJob(
        dev.reeve.wire.cordum.v1.SubmitJobRequest request,
        StreamObserver<dev.reeve.wire.cordum.v1.SubmitJobResponse> observer) {
      answer(request, observer, promptAnswer);
    }
  }
}
