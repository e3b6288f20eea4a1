package dev.reeve.gateway;

import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.RegisteredAction.Risk;
import java.util.Optional;

/// The registered actions of methods that the protocols declare and nobody serves yet. They are
/// governed as they will be, and then refused by name. A method that is not in here is not
/// registered at all.
final class LaterActions {
  private LaterActions() {}

  static Optional<RegisteredAction> of(String fullMethodName) {
    String method = fullMethodName.substring(fullMethodName.indexOf('/') + 1);
    RegisteredAction action =
        switch (method) {
          case "StreamMemorySearch", "SearchMemory" -> read("memory:search", Risk.LOW);
          case "ReadMemoryNode" -> read("memory:read", Risk.LOW);
          case "InterpretText" -> read("oi:interpret", Risk.MEDIUM);
          case "CreateMemoryNode" -> write("memory:create", Risk.MEDIUM);
          case "IngestKnowledge" -> write("knowledge:ingest", Risk.HIGH);
          case "BuildWindow" -> read("memory:window", Risk.LOW);
          case "UpdateMemory" -> write("memory:update", Risk.MEDIUM);
          case "OptimizeCircuit" -> read("circuit:optimize", Risk.MEDIUM);
          case "EvaluateUnified" -> read("policy:evaluate", Risk.MEDIUM);
          default -> null;
        };
    return Optional.ofNullable(action);
  }

  private static RegisteredAction read(String name, Risk risk) {
    return new RegisteredAction(
        "action:" + name, false, risk, Mode.INLINE, 1024 * 1024, Access.READ);
  }

  private static RegisteredAction write(String name, Risk risk) {
    return new RegisteredAction(
        "action:" + name, true, risk, Mode.INLINE, 1024 * 1024, Access.WRITE);
  }
}
