package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reeve.base.Problem.FieldViolation;
import dev.reeve.cli.client.Durations;
import dev.reeve.cli.client.Failure;
import dev.reeve.cli.client.SafeText;
import java.io.PrintStream;

/// Writes a failure to stderr: a sentence, the reason and what to try for people, or one line of
/// problem JSON (RFC 9457) for programs.
final class FailurePrinter {
  private FailurePrinter() {}

  static void print(PrintStream err, Failure failure, boolean json) {
    err.println(json ? Json.line(problem(failure)) : text(failure));
    err.flush();
  }

  /// A failure as the answer of one line of a batch: `{"error": {...}}`.
  static String line(Failure failure) {
    JsonObject line = new JsonObject();
    line.add("error", problem(failure));
    return Json.line(line);
  }

  private static String text(Failure failure) {
    StringBuilder out = new StringBuilder("reeve: ");
    out.append(SafeText.lines(failure.message()).strip().replace("\n", "\n  "));
    line(out, "reason", failure.reason());
    for (FieldViolation field : failure.fields()) {
      if (!failure.message().contains(field.description())) {
        line(out, "field", field.field() + ": " + field.description());
      }
    }
    failure.facts().forEach((name, value) -> line(out, SafeText.line(name), value));
    failure.retryAfter().ifPresent(wait -> line(out, "retry in", Durations.print(wait)));
    line(out, "hint", failure.hint());
    return out.toString();
  }

  private static void line(StringBuilder out, String name, String value) {
    if (!value.isEmpty()) {
      out.append("\n  ").append(name).append(": ").append(SafeText.line(value));
    }
  }

  private static JsonObject problem(Failure failure) {
    JsonObject problem = new JsonObject();
    problem.addProperty("type", "about:blank");
    problem.addProperty("title", failure.status());
    problem.addProperty("detail", failure.message());
    addUnlessEmpty(problem, "reason", failure.reason());
    addUnlessEmpty(problem, "domain", failure.domain());
    if (!failure.fields().isEmpty()) {
      JsonArray fields = new JsonArray();
      for (FieldViolation violation : failure.fields()) {
        JsonObject field = new JsonObject();
        field.addProperty("field", violation.field());
        field.addProperty("description", violation.description());
        fields.add(field);
      }
      problem.add("fields", fields);
    }
    if (!failure.facts().isEmpty()) {
      JsonObject facts = new JsonObject();
      failure.facts().forEach(facts::addProperty);
      problem.add("metadata", facts);
    }
    failure
        .retryAfter()
        .ifPresent(wait -> problem.addProperty("retry_after", wait.toMillis() / 1000.0 + "s"));
    addUnlessEmpty(problem, "hint", failure.hint());
    problem.addProperty("exit_code", failure.exitCode());
    return problem;
  }

  private static void addUnlessEmpty(JsonObject object, String name, String value) {
    if (!value.isEmpty()) {
      object.addProperty(name, value);
    }
  }
}
