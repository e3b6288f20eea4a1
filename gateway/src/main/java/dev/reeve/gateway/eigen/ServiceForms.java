package dev.reeve.gateway.eigen;

import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The same service under another name.
final class ServiceForms {
  private ServiceForms() {}

  /// Under a name that no proto file can declare. It is served, and reflection does not know it.
  static ServerServiceDefinition named(ServerServiceDefinition service, String name) {
    List<ServerMethodDefinition<?, ?>> renamed = new ArrayList<>();
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      renamed.add(renamed(method, name));
    }
    return build(ServiceDescriptor.newBuilder(name), renamed);
  }

  private static <Q, R> ServerMethodDefinition<Q, R> renamed(
      ServerMethodDefinition<Q, R> method, String service) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    String bareName = Objects.requireNonNull(descriptor.getBareMethodName());
    return ServerMethodDefinition.create(
        descriptor.toBuilder()
            .setFullMethodName(MethodDescriptor.generateFullMethodName(service, bareName))
            .build(),
        method.getServerCallHandler());
  }

  private static ServerServiceDefinition build(
      ServiceDescriptor.Builder descriptor, List<ServerMethodDefinition<?, ?>> methods) {
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(service::addMethod);
    return service.build();
  }
}
