package dev.reeve.gateway.eigen;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.rpc.Status;
import dev.reeve.testing.Await;
import dev.reeve.wire.eigen.api.v1.GetJobResultsRequest;
import dev.reeve.wire.eigen.api.v1.GetJobResultsResponse;
import dev.reeve.wire.eigen.api.v1.GetJobStatusRequest;
import dev.reeve.wire.eigen.api.v1.GetJobStatusResponse;
import dev.reeve.wire.eigen.api.v1.JobState;
import dev.reeve.wire.eigen.api.v1.JobStatus;
import dev.reeve.wire.eigen.api.v1.JobUpdate;
import dev.reeve.wire.eigen.api.v1.QasmSource;
import dev.reeve.wire.eigen.api.v1.StreamJobUpdatesRequest;
import dev.reeve.wire.eigen.api.v1.StreamJobUpdatesResponse;
import dev.reeve.wire.eigen.api.v1.SubmitJobRequest;
import dev.reeve.wire.eigen.api.v1.SubmitJobResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/// A foreign client: it knows paths and bytes and none of the server's stubs. The later package's
/// messages serve for every name, because the fields are the same on the wire.
final class EigenClient {
  private static final MethodDescriptor.Marshaller<byte[]> RAW =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private final ManagedChannel channel;
  private final String name;
  private final Metadata headers = new Metadata();

  EigenClient(ManagedChannel channel, String name) {
    this.channel = channel;
    this.name = name;
  }

  EigenClient with(String header, String value) {
    EigenClient other = new EigenClient(channel, name);
    other.headers.merge(headers);
    other.headers.put(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER), value);
    return other;
  }

  String name() {
    return name;
  }

  /// A submit that is complete and runs at once.
  static SubmitJobRequest.Builder bell() {
    return program("OPENQASM 2.0; // Bell");
  }

  static SubmitJobRequest.Builder program(String source) {
    return SubmitJobRequest.newBuilder()
        .setName("bell")
        .setQasm(QasmSource.newBuilder().setSource(ByteString.copyFromUtf8(source)))
        .setTarget(EigenServer.DEVICE);
  }

  byte[] unary(String method, Message request) {
    return unary(method, request.toByteArray());
  }

  private byte[] unary(String method, byte[] request) {
    return ClientCalls.blockingUnaryCall(
        withHeaders(),
        descriptor(method, MethodDescriptor.MethodType.UNARY),
        CallOptions.DEFAULT,
        request);
  }

  <T> T call(String method, Message request, Parser<T> parser) {
    try {
      return parser.parseFrom(unary(method, request));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /// What a refused call says.
  Status refusal(String method, Message request) {
    return refusal(method, request.toByteArray());
  }

  /// What a refused call says to bytes that need not be a message.
  Status refusal(String method, byte[] request) {
    try {
      unary(method, request);
    } catch (StatusRuntimeException e) {
      return Objects.requireNonNull(StatusProto.fromThrowable(e));
    }
    throw new AssertionError(method + " was not refused");
  }

  /// The status of a refused call, whether or not it has details.
  io.grpc.Status.Code code(String method, Message request) {
    try {
      unary(method, request);
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
    return io.grpc.Status.Code.OK;
  }

  List<byte[]> stream(String method, Message request) {
    List<byte[]> messages = new ArrayList<>();
    open(method, request).forEachRemaining(messages::add);
    return messages;
  }

  Iterator<byte[]> open(String method, Message request) {
    return ClientCalls.blockingServerStreamingCall(
        withHeaders(),
        descriptor(method, MethodDescriptor.MethodType.SERVER_STREAMING),
        CallOptions.DEFAULT,
        request.toByteArray());
  }

  SubmitJobResponse submit(SubmitJobRequest.Builder request) {
    return call("JobService/SubmitJob", request.build(), SubmitJobResponse.parser());
  }

  JobStatus status(String jobId) {
    return call(
            "JobService/GetJobStatus",
            GetJobStatusRequest.newBuilder().setJobId(jobId).build(),
            GetJobStatusResponse.parser())
        .getStatus();
  }

  JobStatus awaitState(String jobId, JobState state) {
    Await.value("state of " + jobId, state, () -> status(jobId).getState());
    return status(jobId);
  }

  GetJobResultsResponse results(String jobId) {
    return call(
        "JobService/GetJobResults",
        GetJobResultsRequest.newBuilder().setJobId(jobId).build(),
        GetJobResultsResponse.parser());
  }

  /// Events after a sequence number up to the end, whatever their shape under this name.
  List<JobUpdate> updates(String jobId, long lastEventSeq) {
    List<JobUpdate> updates = new ArrayList<>();
    for (byte[] message : stream("JobService/StreamJobUpdates", watch(jobId, lastEventSeq))) {
      updates.add(update(message));
    }
    return updates;
  }

  static StreamJobUpdatesRequest watch(String jobId, long lastEventSeq) {
    return StreamJobUpdatesRequest.newBuilder()
        .setJobId(jobId)
        .setLastEventSeq(lastEventSeq)
        .build();
  }

  JobUpdate update(byte[] message) {
    try {
      return name.equals("eigen_api.v1")
          ? JobUpdate.parseFrom(message)
          : StreamJobUpdatesResponse.parseFrom(message).getUpdate();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private Channel withHeaders() {
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private MethodDescriptor<byte[], byte[]> descriptor(
      String method, MethodDescriptor.MethodType type) {
    return MethodDescriptor.newBuilder(RAW, RAW)
        .setFullMethodName(name + "." + method)
        .setType(type)
        .build();
  }
}
