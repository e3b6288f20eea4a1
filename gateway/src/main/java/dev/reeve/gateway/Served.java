package dev.reeve.gateway;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the listeners have in common: the services, and everything a call of them passes.
///
/// @param open services of the public listeners
/// @param inner services of the internal listener
record Served(
    List<ServerServiceDefinition> open,
    List<ServerServiceDefinition> inner,
    BindableService health,
    NotYetMethods notYet,
    ActionRegistry registry,
    GovernedChain chain,
    CallExecutors executors) {

  /// Names of all services, once each.
  List<String> serviceNames() {
    List<String> names = new ArrayList<>();
    for (List<ServerServiceDefinition> side : List.of(open, inner)) {
      side.forEach(service -> names.add(service.getServiceDescriptor().getName()));
    }
    return names.stream().distinct().toList();
  }

  /// The methods that HTTP can call, by full method name.
  Map<String, JsonMethod> jsonMethods() {
    Map<String, JsonMethod> methods = new HashMap<>();
    List<ServerServiceDefinition> services = new ArrayList<>(open);
    services.add(ReadableRequests.of(health.bindService()));
    for (ServerServiceDefinition service : services) {
      for (ServerMethodDefinition<?, ?> definition : service.getMethods()) {
        MethodDescriptor<?, ?> method = definition.getMethodDescriptor();
        String name = method.getFullMethodName();
        registry
            .find(name)
            .flatMap(entry -> JsonMethod.of(method, entry.action().requestBytesMax()))
            .ifPresent(callable -> methods.put(name, callable));
      }
    }
    notYet
        .descriptors()
        .forEach(method -> methods.put(method.getFullMethodName(), JsonMethod.notYet(method)));
    return methods;
  }
}
