package dev.reeve.gateway;

import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.RegisteredAction.Risk;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The registered action and the problem table of every method that any listener serves. A method
/// that is not in here is refused. Immutable.
final class ActionRegistry {
  private static final RegisteredAction HEALTH =
      new RegisteredAction(
          "action:health:check", false, Risk.LOW, Mode.INLINE, 4 * 1024, Access.PUBLIC);
  private static final RegisteredAction REFLECTION =
      new RegisteredAction(
          "action:reflection:read", false, Risk.LOW, Mode.INLINE, 64 * 1024, Access.PUBLIC);

  private static final Map<String, RegisteredAction> BUILT_IN =
      Map.of(
          "grpc.health.v1.Health/Check", HEALTH,
          "grpc.health.v1.Health/List", HEALTH,
          "grpc.health.v1.Health/Watch", HEALTH,
          "grpc.reflection.v1.ServerReflection/ServerReflectionInfo", REFLECTION,
          "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", REFLECTION);

  /// @param dialect name of the dialect; `reeve` for health and reflection
  record Entry(RegisteredAction action, ProblemTable problems, String dialect) {}

  private final Map<String, Entry> byMethod = new HashMap<>();

  /// The actions of health and reflection, by full method name.
  static Map<String, RegisteredAction> builtIn() {
    return BUILT_IN;
  }

  ActionRegistry(List<Dialect> dialects, NotYetMethods notYet) {
    BUILT_IN.forEach(
        (method, action) -> byMethod.put(method, new Entry(action, ProblemTable.OWN, "reeve")));
    for (Dialect dialect : dialects) {
      dialect
          .actions()
          .forEach((method, action) ->
              byMethod.put(method, new Entry(action, dialect.problemsOf(method), dialect.name())));
    }
    for (String method : notYet.methods()) {
      LaterActions.of(method)
          .ifPresent(
              action -> byMethod.putIfAbsent(method, new Entry(action, ProblemTable.OWN, "reeve")));
    }
  }

  /// Each registered action once.
  Collection<RegisteredAction> actions() {
    return byMethod.values().stream().map(Entry::action).collect(Collectors.toSet());
  }

  Optional<Entry> find(String fullMethodName) {
    return Optional.ofNullable(byMethod.get(fullMethodName));
  }
}
