package dev.reeve.gateway;

import dev.reeve.service.RegisteredAction;
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
public record Dialect(
    String name,
    List<ServerServiceDefinition> services,
    List<ServerServiceDefinition> internalServices,
    Map<String, RegisteredAction> actions,
    ProblemTable problems) {
  public Dialect {
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
}
