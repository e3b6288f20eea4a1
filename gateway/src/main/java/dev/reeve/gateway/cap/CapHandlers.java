package dev.reeve.gateway.cap;

import com.google.protobuf.UnsafeByteOperations;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.engine.EngineProblems;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.JobsById;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Replies;
import dev.reeve.gateway.TenantChoice;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.service.Caller;
import dev.reeve.service.Futures;
import dev.reeve.service.JobView;
import dev.reeve.service.PointerStore;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.SubmitResult;
import dev.reeve.wire.cordum.agent.v1.JobRequest;
import dev.reeve.wire.reeve.v1.CapServiceGrpc;
import dev.reeve.wire.reeve.v1.ReadMemoryRequest;
import dev.reeve.wire.reeve.v1.ReadMemoryResponse;
import dev.reeve.wire.reeve.v1.SubmitPacketRequest;
import dev.reeve.wire.reeve.v1.SubmitPacketResponse;
import dev.reeve.wire.reeve.v1.WriteMemoryRequest;
import dev.reeve.wire.reeve.v1.WriteMemoryResponse;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// `reeve.v1.CapService`. Every method may block.
final class CapHandlers extends CapServiceGrpc.CapServiceImplBase {
  private static final int LARGE_BYTES = 66 * 1024 * 1024;

  private final GatewayServices services;
  private final PointerStore pointers;
  private final JobsById jobs;
  private final Replies replies = new Replies(ProblemTable.OWN);

  CapHandlers(GatewayServices services, PointerStore pointers) {
    this.services = services;
    this.pointers = pointers;
    jobs = new JobsById(services);
  }

  /// The registered action of each method, by full method name.
  static Map<String, RegisteredAction> actions() {
    return Map.of(
        CapServiceGrpc.getSubmitPacketMethod().getFullMethodName(),
        RegisteredAction.write("action:job:submit", Mode.BLOCKING).withRequestBytesMax(LARGE_BYTES),
        CapServiceGrpc.getReadMemoryMethod().getFullMethodName(),
        RegisteredAction.read("action:memory:pointer", Mode.BLOCKING),
        CapServiceGrpc.getWriteMemoryMethod().getFullMethodName(),
        RegisteredAction.write("action:memory:write_pointer", Mode.BLOCKING)
            .withRequestBytesMax(LARGE_BYTES));
  }

  @Override
  public void submitPacket(
      SubmitPacketRequest request, StreamObserver<SubmitPacketResponse> observer) {
    CallScope scope = CallScope.current();
    replies.reply(observer, () -> submit(scope, request), this::submitted);
  }

  private CompletableFuture<SubmitResult> submit(CallScope scope, SubmitPacketRequest request) {
    JobRequest job = request.getJob();
    Caller caller =
        TenantChoice.of(scope.caller(), "job.tenant_id", RequestDecoder.tenant(job))
            .withDialect(RequestDecoder.DIALECT);
    Bytes payload = Bytes.wrap(request.getPayload().toByteArray());
    return services
        .submit()
        .submit(
            caller,
            RequestDecoder.decode(caller, job, payload, request.getUnread(), scope.action().id()))
        .exceptionallyCompose(failure -> known(caller, job.getJobId(), failure));
  }

  /// A packet may come twice: the id of its job is taken by itself.
  private CompletableFuture<SubmitResult> known(Caller caller, String jobId, Throwable failure) {
    return Futures.problem(failure).code().equals(EngineProblems.JOB_ID_TAKEN)
        ? services
            .reader()
            .status(new JobKey(caller.tenant(), jobId))
            .thenApply(job -> new SubmitResult(job, true))
        : CompletableFuture.failedFuture(failure);
  }

  private SubmitPacketResponse submitted(SubmitResult result) {
    return SubmitPacketResponse.newBuilder()
        .setJobId(result.job().key().jobId())
        .setTraceId(result.job().header().origin().traceId())
        .setKnown(result.replayed())
        .build();
  }

  @Override
  public void readMemory(ReadMemoryRequest request, StreamObserver<ReadMemoryResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          String key = key(request.getPtr());
          Bytes content = read(scope, key);
          return ReadMemoryResponse.newBuilder()
              .setContent(UnsafeByteOperations.unsafeWrap(content.unsafeArray()))
              .setContentType(ContentTypes.of(content))
              .build();
        });
  }

  /// A result is readable by the state of its job alone; what lies under the pointer before is not.
  private Bytes read(CallScope scope, String key) {
    String name = key.substring(key.indexOf(':') + 1);
    if (key.startsWith(Pointers.RESULT)) {
      return services.reader().result(job(scope, name).job());
    }
    if (key.startsWith(Pointers.CONTEXT)) {
      return jobs.find(scope, name)
          .map(view -> ContextBytes.of(view.admission().spec(), services.reader().payload(view)))
          .or(() -> pointers.get(scope.caller().tenant(), key))
          .orElseThrow(() -> notFound(key));
    }
    throw GatewayProblems.REQUEST_INVALID
        .field("ptr", key, "redis://ctx:JOB or redis://res:JOB")
        .toException();
  }

  private JobView job(CallScope scope, String jobId) {
    return jobs.find(scope, jobId).orElseThrow(() -> notFound(Pointers.RESULT + jobId));
  }

  private static ProblemException notFound(String key) {
    return EngineProblems.JOB_NOT_FOUND
        .because("ptr: redis://" + key + " leads to nothing (expected: an input or a result)")
        .toException();
  }

  @Override
  public void writeMemory(
      WriteMemoryRequest request, StreamObserver<WriteMemoryResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          String key = key(request.getPtr());
          int size = request.getContent().size();
          new FieldChecks(GatewayProblems.REQUEST_INVALID)
              .require(size <= BlobStore.SIZE_MAX, "content", size + " bytes", "at most 64 MiB")
              .throwIfAny();
          Bytes content = Bytes.wrap(request.getContent().toByteArray());
          pointers.put(tenant(scope, key), key, content);
          return WriteMemoryResponse.newBuilder()
              .setPtr(request.getPtr())
              .setSizeBytes(size)
              .setSha256(Sha256.of(content).hex())
              .build();
        });
  }

  /// A result belongs to the tenant of its job.
  private String tenant(CallScope scope, String key) {
    return key.startsWith(Pointers.RESULT)
        ? jobs.find(scope, key.substring(Pointers.RESULT.length()))
            .filter(view -> !(view.job().state() instanceof JobState.Denied))
            .map(view -> view.job().key().tenant())
            .orElseThrow(() -> notFound(key))
        : scope.caller().tenant();
  }

  private static String key(String pointer) {
    return Pointers.key(pointer)
        .orElseThrow(() ->
            GatewayProblems.REQUEST_INVALID.field("ptr", pointer, Pointers.SHAPE).toException());
  }
}
