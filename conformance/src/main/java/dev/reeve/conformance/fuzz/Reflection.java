package dev.reeve.conformance.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Asks the reflection service one question at a time.
public final class Reflection {
  private static final long ANSWER_SECONDS_MAX = 30;

  private Reflection() {}

  /// The file that declares the service, and every file it needs.
  public static List<FileDescriptorProto> filesOf(Channel channel, String service) {
    ServerReflectionResponse answer =
        ask(channel, ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build());
    if (answer.hasErrorResponse()) {
      throw new IllegalStateException(service + ": " + answer.getErrorResponse());
    }
    List<FileDescriptorProto> files = new ArrayList<>();
    try {
      for (ByteString file : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
        files.add(FileDescriptorProto.parseFrom(file));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("reflection gives a broken file for " + service, e);
    }
    return files;
  }

  /// The names of all services.
  public static List<String> services(Channel channel) {
    return ask(channel, ServerReflectionRequest.newBuilder().setListServices("").build())
        .getListServicesResponse()
        .getServiceList()
        .stream()
        .map(ServiceResponse::getName)
        .toList();
  }

  private static ServerReflectionResponse ask(Channel channel, ServerReflectionRequest question) {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(channel)
            .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(new IllegalStateException("no answer"));
                  }
                });
    questions.onNext(question);
    ServerReflectionResponse response = answer.join();
    questions.onCompleted();
    return response;
  }
}
