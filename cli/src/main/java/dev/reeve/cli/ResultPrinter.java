package dev.reeve.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.MediaTypes;
import dev.reeve.wire.eigen_api.v1.JobResultsRequest;
import dev.reeve.wire.eigen_api.v1.JobResultsResponse;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.ResultInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Prints the result of a completed job: counts as a histogram for a circuit, the bytes themselves
/// for all else, one JSON object for programs; or writes it to a file.
final class ResultPrinter {
  private final Connection connection;
  private final Console console;
  private final boolean json;
  private final Optional<Path> file;

  ResultPrinter(Connection connection, Console console, boolean json, Optional<Path> file) {
    this.connection = connection;
    this.console = console;
    this.json = json;
    this.file = file;
  }

  /// @param job completed
  void print(Job job) {
    try {
      if (job.getDialect() == Dialect.DIALECT_EIGEN) {
        printCircuit(job);
      } else if (json) {
        printObject(job);
      } else if (file.isPresent()) {
        LocalFiles.write(file.get(), out -> reader(job).readTo(ResultReader.Sink.to(out)));
      } else {
        printBytes(job);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ResultReader reader(Job job) {
    return new ResultReader(connection, job.getJobId());
  }

  private void printCircuit(Job job) {
    JobResultsRequest request = JobResultsRequest.newBuilder().setJobId(job.getJobId()).build();
    JobResultsResponse result = connection.call(() -> connection.circuits().getJobResults(request));
    if (json || file.isPresent()) {
      emit(Json.line(circuit(result)) + "\n");
      return;
    }
    Map<String, Long> counts = result.getCountsMap();
    Histogram.lines(counts, console.terminal().columns(), console.terminal().drawsOnOut())
        .forEach(console.out()::println);
    long shots = counts.values().stream().mapToLong(Long::longValue).sum();
    Facts facts = new Facts().add("shots", String.valueOf(shots));
    for (String key : new String[] {"backend", "method", "seed"}) {
      facts.add(key, result.getMetadataOrDefault(key, ""));
    }
    console.out().println();
    facts.lines().forEach(console.out()::println);
  }

  /// Counts are numbers here, unlike in the message.
  private static JsonObject circuit(JobResultsResponse result) {
    JsonObject object = new JsonObject();
    object.addProperty("job_id", result.getJobId());
    object.addProperty("state", result.getState().name());
    JsonObject counts = new JsonObject();
    new TreeMap<>(result.getCountsMap()).forEach(counts::addProperty);
    object.add("counts", counts);
    JsonObject metadata = new JsonObject();
    new TreeMap<>(result.getMetadataMap()).forEach(metadata::addProperty);
    object.add("metadata", metadata);
    object.addProperty("completed_at", Words.of(result.getCompletedAt()));
    return object;
  }

  private void printObject(Job job) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    reader(job).readTo(ResultReader.Sink.to(bytes));
    ResultInfo info = job.getResult();
    JsonObject object = new JsonObject();
    object.addProperty("job_id", job.getJobId());
    object.addProperty("state", job.getState().name());
    object.addProperty("content_type", info.getContentType());
    object.addProperty("size_bytes", bytes.size());
    object.addProperty("sha256", info.getSha256());
    addContent(object, info.getContentType(), bytes.toByteArray());
    emit(Json.line(object) + "\n");
  }

  /// JSON as it is, text as text, all else as base64.
  private static void addContent(JsonObject object, String contentType, byte[] bytes) {
    Optional<String> text = MediaTypes.utf8(bytes);
    if (text.isPresent() && MediaTypes.isJsonType(contentType)) {
      try {
        object.add("result", JsonParser.parseString(text.get()));
        return;
      } catch (JsonParseException e) {
        // What calls itself JSON and is none goes out as text.
      }
    }
    if (text.isPresent()) {
      object.addProperty("text", text.get());
    } else {
      object.addProperty("base64", Base64.getEncoder().encodeToString(bytes));
    }
  }

  private void emit(String line) {
    if (file.isPresent()) {
      LocalFiles.write(file.get(), out -> out.write(line.getBytes(StandardCharsets.UTF_8)));
    } else {
      console.out().print(line);
      console.out().flush();
    }
  }

  /// As they are; on a terminal only what is plain text, and with a line end.
  private void printBytes(Job job) throws IOException {
    PrintStream out = console.out();
    if (!console.terminal().out()) {
      reader(job).readTo(ResultReader.Sink.to(out));
      return;
    }
    boolean[] endsLine = {true};
    reader(job)
        .readTo(chunk -> {
          requireHarmless(job, chunk);
          chunk.writeTo(out);
          endsLine[0] = chunk.isEmpty() || chunk.byteAt(chunk.size() - 1) == '\n';
        });
    if (!endsLine[0]) {
      out.println();
    }
  }

  private static void requireHarmless(Job job, ByteString chunk) {
    if (!isHarmless(chunk)) {
      throw CliProblems.RESULT_NOT_TEXT
          .because("the result of job " + job.getJobId() + " is not plain text")
          .with("content_type", job.getResult().getContentType())
          .with("instead", "reeve results " + job.getJobId() + " --out FILE")
          .toException();
    }
  }

  private static boolean isHarmless(ByteString chunk) {
    for (int i = 0; i < chunk.size(); i++) {
      int b = chunk.byteAt(i);
      boolean control = (b >= 0 && b < 0x20 && b != '\n' && b != '\t' && b != '\r') || b == 0x7f;
      if (control) {
        return false;
      }
    }
    return true;
  }
}
