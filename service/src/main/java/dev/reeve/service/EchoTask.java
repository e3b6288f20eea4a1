package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.ExecutorSession;
import java.util.Base64;

/// The built-in executor for trying things out: answers `{"echo": INPUTS}`. Inputs that are JSON
/// stay JSON, other text becomes a string, other bytes base64 text.
public final class EchoTask implements BuiltInExecutor.Task {
  public static final String ROUTE = "job.echo";
  private static final String JSON = "application/json";

  @Override
  public BuiltInExecutor.Outcome execute(
      ExecutorSession.Assignment assignment, BuiltInExecutor.Run run) {
    return new BuiltInExecutor.Outcome.Done(JSON, echo(assignment.payload()));
  }

  static Bytes echo(Bytes inputs) {
    String document;
    if (inputs.isEmpty()) {
      document = "{}";
    } else if (JsonDocuments.defect(inputs).isEmpty()) {
      document = inputs.utf8();
    } else {
      document =
          JsonDocuments.quoted(
              JsonDocuments.utf8(inputs)
                  .orElseGet(() -> Base64.getEncoder().encodeToString(inputs.unsafeArray())));
    }
    return Bytes.utf8("{\"echo\":" + document + "}");
  }
}
