package dev.reeve.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.reeve.testing.Await;
import dev.reeve.wire.reeve.v1.Assignment;
import dev.reeve.wire.reeve.v1.AssignmentCancel;
import dev.reeve.wire.reeve.v1.ConnectRequest;
import dev.reeve.wire.reeve.v1.ConnectRequest.MessageCase;
import dev.reeve.wire.reeve.v1.ConnectResponse;
import dev.reeve.wire.reeve.v1.DispatchAck;
import dev.reeve.wire.reeve.v1.DispatchOutcome;
import dev.reeve.wire.reeve.v1.ListWorkersRequest;
import dev.reeve.wire.reeve.v1.ListWorkersResponse;
import dev.reeve.wire.reeve.v1.Worker;
import dev.reeve.wire.reeve.v1.WorkerDrain;
import dev.reeve.wire.reeve.v1.WorkerRegistered;
import dev.reeve.wire.reeve.v1.WorkerServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The server's side of worker conversations. The test takes each new conversation and says in it
/// what a server would say.
final class FakeWorkerService extends WorkerServiceGrpc.WorkerServiceImplBase {
  final List<Worker> listed = new CopyOnWriteArrayList<>();

  /// The next conversations end with these before anything is answered.
  final BlockingQueue<io.grpc.StatusRuntimeException> refusals = new LinkedBlockingQueue<>();

  private final List<Conversation> all = new CopyOnWriteArrayList<>();
  private volatile boolean agreeable;
  private final BlockingQueue<Conversation> conversations = new LinkedBlockingQueue<>();

  @Override
  public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> out) {
    Conversation conversation = new Conversation(out);
    all.add(conversation);
    if (agreeable) {
      conversation.agree();
      return conversation;
    }
    io.grpc.StatusRuntimeException refusal = refusals.poll();
    if (refusal == null) {
      conversations.add(conversation);
    } else {
      out.onError(refusal);
    }
    return conversation;
  }

  @Override
  public void listWorkers(
      ListWorkersRequest request, StreamObserver<ListWorkersResponse> observer) {
    observer.onNext(ListWorkersResponse.newBuilder().addAllWorkers(listed).build());
    observer.onCompleted();
  }

  /// From now on every registration and every report is accepted at once, so that a worker can end.
  void agreeToEverything() {
    agreeable = true;
    all.forEach(Conversation::agree);
  }

  /// Waits for the next worker to connect.
  Conversation next() throws InterruptedException {
    Conversation conversation = conversations.poll(20, TimeUnit.SECONDS);
    if (conversation == null) {
      throw new AssertionError("no worker connected");
    }
    return conversation;
  }

  /// One worker's stream.
  static final class Conversation implements StreamObserver<ConnectRequest> {
    private final StreamObserver<ConnectResponse> out;
    private final List<ConnectRequest> received = new CopyOnWriteArrayList<>();
    private volatile boolean over;
    private volatile boolean goodbye;
    private volatile boolean agreeable;

    private Conversation(StreamObserver<ConnectResponse> out) {
      this.out = out;
    }

    @Override
    public void onNext(ConnectRequest message) {
      received.add(message);
      if (agreeable) {
        answer(message);
      }
    }

    private void agree() {
      agreeable = true;
      received.forEach(this::answer);
    }

    private void answer(ConnectRequest message) {
      try {
        switch (message.getMessageCase()) {
          case REGISTER ->
              register(message.getRegister().getResumeDispatchIdsList().toArray(String[]::new));
          case COMPLETE -> acknowledge(message.getComplete().getDispatchId());
          case FAIL -> acknowledge(message.getFail().getDispatchId());
          default -> {
            // Needs no answer.
          }
        }
      } catch (IllegalStateException | io.grpc.StatusRuntimeException e) {
        // This conversation is over already.
      }
    }

    @Override
    public void onError(Throwable thrown) {
      over = true;
    }

    @Override
    public void onCompleted() {
      goodbye = true;
      over = true;
      out.onCompleted();
    }

    /// Waits for the registration and answers it.
    Conversation register(String... accepted) {
      await(MessageCase.REGISTER, 1);
      out.onNext(
          ConnectResponse.newBuilder()
              .setRegistered(
                  WorkerRegistered.newBuilder()
                      .setSessionId("session")
                      .setLease(Duration.newBuilder().setSeconds(30))
                      .setHeartbeatInterval(Duration.newBuilder().setNanos(400_000_000))
                      .addAllAcceptedDispatchIds(List.of(accepted)))
              .build());
      return this;
    }

    void assign(Assignment.Builder assignment) {
      out.onNext(ConnectResponse.newBuilder().setAssignment(assignment).build());
    }

    void assign(String dispatchId, String payload) {
      assign(assignment(dispatchId).setPayload(ByteString.copyFromUtf8(payload)));
    }

    static Assignment.Builder assignment(String dispatchId) {
      return Assignment.newBuilder()
          .setDispatchId(dispatchId)
          .setJobId("job-of-" + dispatchId)
          .setTenant("acme")
          .setTopic("job.test")
          .setAttempt(1);
    }

    void acknowledge(String dispatchId, DispatchOutcome outcome) {
      out.onNext(
          ConnectResponse.newBuilder()
              .setAck(DispatchAck.newBuilder().setDispatchId(dispatchId).setOutcome(outcome))
              .build());
    }

    void acknowledge(String dispatchId) {
      acknowledge(dispatchId, DispatchOutcome.DISPATCH_OUTCOME_ACCEPTED);
    }

    void cancel(String dispatchId) {
      out.onNext(
          ConnectResponse.newBuilder()
              .setCancel(
                  AssignmentCancel.newBuilder().setDispatchId(dispatchId).setReason("CANCELLED"))
              .build());
    }

    void drain() {
      out.onNext(
          ConnectResponse.newBuilder()
              .setDrain(WorkerDrain.newBuilder().setReason("shutting down"))
              .build());
    }

    void fail(@Nullable Throwable error) {
      if (error == null) {
        out.onCompleted();
      } else {
        out.onError(error);
      }
    }

    /// Whether the worker ended the conversation in order.
    boolean saidGoodbye() {
      return goodbye;
    }

    boolean isOver() {
      return over;
    }

    Stream<ConnectRequest> all(MessageCase kind) {
      return received.stream().filter(message -> message.getMessageCase() == kind);
    }

    /// Waits until so many messages of a kind have come; returns the last of them.
    ConnectRequest await(MessageCase kind, int count) {
      Await.until(count + " x " + kind, () -> all(kind).count() >= count);
      return all(kind).skip(count - 1).findFirst().orElseThrow();
    }

    int credit() {
      return all(MessageCase.CREDIT).mapToInt(message -> message.getCredit().getAdd()).sum();
    }

    Set<MessageCase> kinds() {
      return Set.copyOf(received.stream().map(ConnectRequest::getMessageCase).toList());
    }
  }
}
