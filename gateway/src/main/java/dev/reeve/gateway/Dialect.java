package dev.reeve.gateway;

import dev.reeve.service.RegisteredAction;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.Map;

/// One API that the gateway speaks. There is none with a method that has no action.
///
/// @param name short name, stored with each job: `eigen`, `cordum`, `mathison`, `reeve`
/// @param services its services for the public listener
/// @param internalServices its services for the internal listener alone
/// @param actions the registered action of every method of all these services, by full method name
/// @param problems how it names refusals
/// @param serviceProblems how some of its services name them instead, by full name
public record Dialect(
    String name,
    List<ServerServiceDefinition> services,
    List<ServerServiceDefinition> internalServices,
    Map<String, RegisteredAction> actions,
    ProblemTable problems,
    Map<String, ProblemTable> serviceProblems) {
  public Dialect {
    serviceProblems = Map.copyOf(serviceProblems);
    services = List.copyOf(services);
    internalServices = List.copyOf(internalServices);
    actions = Map.copyOf(actions);
    for (List<ServerServiceDefinition> side : List.of(services, internalServices)) {
      for (ServerServiceDefinition service : side) {
        for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
          String fullName = method.getMethodDescriptor().getFullMethodName();
          if (!actions.containsKey(fullName)) {
            throw new IllegalArgumentException(
                name + ": " + fullName + " has no action (expected: one for each method)");
          }
        }
      }
    }
  }

  /// One whose services all name refusals alike.
  public Dialect(
      String name,
      List<ServerServiceDefinition> services,
      List<ServerServiceDefinition> internalServices,
      Map<String, RegisteredAction> actions,
      ProblemTable problems) {
    this(name, services, internalServices, actions, problems, Map.of());
  }

  /// How a method names refusals.
  ///
  /// @param method its full name
  ProblemTable problemsOf(String method) {
    String service = MethodDescriptor.extractFullServiceName(method);
    return service == null ? problems : serviceProblems.getOrDefault(service, problems);
  }
}
