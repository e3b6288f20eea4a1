package dev.reeve.gateway;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Services whose requests are read without throwing: bytes that are no message of the method
/// arrive as null, and the chain refuses them by name. Thrown from a marshaller the library would
/// answer UNKNOWN, which tells a caller nothing and looks like a defect of ours.
final class ReadableRequests {
  private ReadableRequests() {}

  /// The same service, its methods under the same names.
  static ServerServiceDefinition of(ServerServiceDefinition service) {
    ServiceDescriptor whole = service.getServiceDescriptor();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(whole.getName())
            .setSchemaDescriptor(whole.getSchemaDescriptor());
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      ServerMethodDefinition<?, ?> readable = readable(method);
      methods.add(readable);
      descriptor.addMethod(readable.getMethodDescriptor());
    }
    ServerServiceDefinition.Builder built = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(built::addMethod);
    return built.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> readable(ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    return descriptor.getRequestMarshaller() instanceof PrototypeMarshaller<Q> requests
        ? ServerMethodDefinition.create(
            descriptor.toBuilder().setRequestMarshaller(new Lenient<>(requests)).build(),
            method.getServerCallHandler())
        : method;
  }

  private static final class Lenient<Q> implements PrototypeMarshaller<Q> {
    private final PrototypeMarshaller<Q> strict;

    private Lenient(PrototypeMarshaller<Q> strict) {
      this.strict = strict;
    }

    @Override
    public @Nullable Q getMessagePrototype() {
      return strict.getMessagePrototype();
    }

    @Override
    public Class<Q> getMessageClass() {
      return strict.getMessageClass();
    }

    @Override
    public InputStream stream(Q value) {
      return strict.stream(value);
    }

    @Override
    public @Nullable Q parse(InputStream stream) {
      try {
        if (!(stream instanceof KnownLength)) {
          return strict.parse(stream);
        }
        int bytes = stream.available();
        Q message = strict.parse(stream);
        WireSize.read(message, bytes);
        return message;
      } catch (IOException _) {
        return null;
      } catch (StatusRuntimeException _) {
        return null;
      }
    }
  }
}
