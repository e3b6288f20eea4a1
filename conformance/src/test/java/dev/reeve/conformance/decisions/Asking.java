package dev.reeve.conformance.decisions;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Asks a command about the rows of a group: one run for all of them, or one for each row where the
/// rows bring their own files. An answer is the line that was printed, with the members `exit` and
/// `stderr` of the run.
final class Asking {
  private static final List<String> OPTIONS =
      List.of("policy", "invariants", "scanners", "candidate");

  private final Path folder;
  private int files;

  Asking(Path folder) {
    this.folder = folder;
  }

  List<JsonObject> batch(List<String> command, DecisionGroup group) {
    if (group.cases().stream().anyMatch(row -> row.row().has("policy"))) {
      return group.cases().stream().map(row -> alone(command, group, row)).toList();
    }
    String lines =
        group.cases().stream()
            .map(row -> row.line(group.shared()) + "\n")
            .collect(Collectors.joining());
    ReeveCommand run = run(command, group.settings(), lines);
    List<JsonObject> answers = new ArrayList<>();
    for (int i = 0; i < group.cases().size(); i++) {
      answers.add(answer(run, i < run.out().size() ? run.out().get(i) : "{}"));
    }
    return answers;
  }

  /// For commands that take a file: the row's `file` is its text, or a document; none means that
  /// there is no such file.
  List<JsonObject> files(List<String> command, DecisionGroup group) {
    return group.cases().stream()
        .map(row -> {
          List<String> line = new ArrayList<>(command);
          line.add(
              row.row().has("file")
                  ? write(text(row.row().get("file")))
                  : folder.resolve("absent").toString());
          line.add("--json");
          return one(ReeveCommand.run("", line));
        })
        .toList();
  }

  private JsonObject alone(List<String> command, DecisionGroup group, DecisionCase row) {
    return one(run(command, row.row(), row.line(group.shared()) + "\n"));
  }

  private static JsonObject one(ReeveCommand run) {
    return answer(run, run.out().isEmpty() ? "{}" : run.out().getFirst());
  }

  private ReeveCommand run(List<String> command, JsonObject settings, String lines) {
    List<String> line = new ArrayList<>(command);
    if (settings.has("command")) {
      line = new ArrayList<>(List.of(settings.get("command").getAsString().split(" ", -1)));
    }
    for (String option : OPTIONS) {
      if (settings.has(option)) {
        JsonElement given = settings.get(option);
        JsonArray texts = new JsonArray();
        if (given.isJsonArray()) {
          texts = given.getAsJsonArray();
        } else {
          texts.add(given);
        }
        for (JsonElement text : texts) {
          line.addAll(List.of("--" + option, write(text.getAsString())));
        }
      }
    }
    line.addAll(List.of("--in", "-"));
    return ReeveCommand.run(lines, line);
  }

  private static JsonObject answer(ReeveCommand run, String line) {
    JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
    answer.addProperty("exit", run.exit());
    answer.addProperty("stderr", run.err());
    return answer;
  }

  private static String text(JsonElement file) {
    return file.isJsonPrimitive() ? file.getAsString() : TableFile.json(file);
  }

  private String write(String text) {
    try {
      Path file = folder.resolve("file" + files++ + ".yaml");
      Files.writeString(file, text);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
