package dev.reeve.conformance.e2e;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.reeve.conformance.fuzz.Reflection;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A gRPC client that knows nothing but an address: what methods and messages look like it learns
/// from the server's reflection service. Requests are written as JSON, answers read by field path.
/// Thread-safe; calls block.
final class ForeignClient implements AutoCloseable {
  private static final long CALL_SECONDS_MAX = 60;

  private final ManagedChannel channel;
  private final Channel calls;
  private final Map<String, FileDescriptor> files = new HashMap<>();

  private ForeignClient(ManagedChannel channel, Channel calls) {
    this.channel = channel;
    this.calls = calls;
  }

  /// Connects when first used.
  ///
  /// @param address `HOST:PORT`
  static ForeignClient to(String address) {
    return to(address, Map.of());
  }

  /// With gRPC metadata for every call.
  static ForeignClient to(String address, Map<String, String> metadata) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    Metadata headers = new Metadata();
    metadata.forEach(
        (key, value) -> headers.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value));
    return new ForeignClient(
        channel,
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)));
  }

  /// Calls a unary method.
  ///
  /// @param method `package.Service/Method`
  /// @param request the request as proto JSON
  /// @throws io.grpc.StatusRuntimeException when it is refused
  ForeignMessage call(String method, String request) {
    MethodDescriptor known = method(method);
    return new ForeignMessage(
        ClientCalls.blockingUnaryCall(
            calls,
            grpcMethod(known, method, io.grpc.MethodDescriptor.MethodType.UNARY),
            CallOptions.DEFAULT.withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS),
            message(known, request)));
  }

  /// Begins a server stream.
  ForeignStream stream(String method, String request) {
    MethodDescriptor known = method(method);
    ForeignStream stream = new ForeignStream();
    ClientCalls.asyncServerStreamingCall(
        calls.newCall(
            grpcMethod(known, method, io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING),
            CallOptions.DEFAULT.withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS)),
        message(known, request),
        stream);
    return stream;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private synchronized MethodDescriptor method(String name) {
    int slash = name.indexOf('/');
    String service = name.substring(0, slash);
    if (!files.containsKey(service)) {
      files.put(service, fileOf(service));
    }
    Descriptors.ServiceDescriptor found =
        files.get(service).findServiceByName(service.substring(service.lastIndexOf('.') + 1));
    return found.findMethodByName(name.substring(slash + 1));
  }

  private FileDescriptor fileOf(String service) {
    Map<String, FileDescriptorProto> known = new HashMap<>();
    for (FileDescriptorProto file : Reflection.filesOf(calls, service)) {
      known.put(file.getName(), file);
    }
    String declaring =
        known.values().stream()
            .filter(file ->
                file.getServiceList().stream()
                    .anyMatch(s -> service.equals(file.getPackage() + "." + s.getName())))
            .findFirst()
            .orElseThrow()
            .getName();
    return linked(declaring, known, new HashMap<>());
  }

  private static FileDescriptor linked(
      String name, Map<String, FileDescriptorProto> known, Map<String, FileDescriptor> done) {
    FileDescriptor already = done.get(name);
    if (already != null) {
      return already;
    }
    FileDescriptorProto file = known.get(name);
    if (file == null) {
      throw new IllegalStateException("reflection names " + name + " but does not give it");
    }
    FileDescriptor[] needed =
        file.getDependencyList().stream()
            .map(dependency -> linked(dependency, known, done))
            .toArray(FileDescriptor[]::new);
    try {
      FileDescriptor linked = FileDescriptor.buildFrom(file, needed);
      done.put(name, linked);
      return linked;
    } catch (Descriptors.DescriptorValidationException e) {
      throw new IllegalStateException("reflection gives a broken " + name, e);
    }
  }

  private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> grpcMethod(
      MethodDescriptor known, String name, io.grpc.MethodDescriptor.MethodType type) {
    return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
        .setFullMethodName(name)
        .setType(type)
        .setRequestMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(known.getInputType())))
        .setResponseMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(known.getOutputType())))
        .build();
  }

  private static DynamicMessage message(MethodDescriptor method, String json) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(method.getInputType());
    try {
      JsonFormat.parser().merge(json, message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(json, e);
    }
    return message.build();
  }

  /// Every service that reflection lists.
  List<String> services() {
    return Reflection.services(calls);
  }
}
