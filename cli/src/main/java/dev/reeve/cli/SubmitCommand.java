package dev.reeve.cli;

import dev.reeve.base.ProblemException;
import dev.reeve.cli.SubmitOptions.Form;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.cli.client.SafeText;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve submit`: hands a job to the server and prints its id; with `--wait` follows it and prints
/// its result.
@Command(
    name = "submit",
    description = "Submit a job: a job file, a circuit, a prompt, or a payload.",
    footer = {
      "Examples:",
      "  reeve submit job.yaml",
      "  reeve submit bell.qasm --shots 1000 --wait",
      "  reeve submit --prompt 'Sum up this thread' --topic job.default",
      "  echo '{\"n\": 1}' | reeve submit --topic job.echo --wait"
    })
final class SubmitCommand extends ClientCommand {
  private static final int JOB_FILE_BYTES_MAX = 2 * 1024 * 1024;
  private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(5);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "job.yaml, CIRCUIT.qasm, or - for a payload on stdin.")
  private @Nullable String file;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "Submit this prompt to an agent (topic: job.default).")
  private @Nullable String prompt;

  @Option(names = "--data", paramLabel = "TEXT", description = "Submit this payload.")
  private @Nullable String data;

  @Option(names = "--payload", paramLabel = "FILE", description = "Submit this file's bytes.")
  private @Nullable String payload;

  @Option(names = "--wait", description = "Follow the job to its end and print its result.")
  private boolean wait;

  @Mixin private final SubmitOptions options = new SubmitOptions();

  SubmitCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    Submission.Accepted accepted = submission().send(connection);
    String jobId = accepted.jobId();
    if (accepted.held()) {
      String why = accepted.reason().isEmpty() ? "" : " (" + accepted.reason() + ")";
      console()
          .note(
              SafeText.line(
                  "waits for approval" + why + "; `reeve approve " + jobId + "` lets it go on"));
    }
    if (!wait) {
      print(accepted.answer(), List.of(jobId));
      if (!json() && !accepted.held() && console().terminal().err()) {
        console().note("submitted; follow it with: reeve watch " + jobId);
      }
      return ExitCodes.OK;
    }
    return await(connection, jobId);
  }

  private int await(Connection connection, String jobId) {
    console().note("job " + jobId);
    EventPrinter printer =
        console().terminal().drawsOnErr()
            ? new EventScreen(console().err(), console().terminal().columns())
            : new EventLines(console().err(), false);
    new Watcher(connection, context(), printer, GIVE_UP_AFTER).watch(Map.of(jobId, 0L));
    GetJobRequest request = GetJobRequest.newBuilder().setJobId(jobId).build();
    Job ended = connection.call(() -> connection.jobs().getJob(request)).getJob();
    ResultsCommand.requireCompleted(ended);
    new ResultPrinter(connection, console(), json(), Optional.empty()).print(ended);
    return ExitCodes.OK;
  }

  private Submission submission() {
    long sources = Stream.of(file, prompt, data, payload).filter(source -> source != null).count();
    if (sources > 1) {
      throw invalid("expected one of FILE, --prompt, --data and --payload");
    }
    if (prompt != null) {
      options.refuseUnfit(Form.PROMPT);
      return new Submission.Prompt(Prompts.of(prompt, options, tenant()));
    }
    if (file == null || file.equals("-")) {
      options.refuseUnfit(Form.PAYLOAD);
      return new Submission.Payload(PayloadJobs.of(payloadBytes(), options, tenant()));
    }
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".qasm")) {
      options.refuseUnfit(Form.CIRCUIT);
      return new Submission.Circuit(Circuits.ofQasm(LocalFiles.path(file), options, tenant()));
    }
    if (name.endsWith(CircuitFile.EIGEN_LANG)) {
      options.refuseUnfit(Form.CIRCUIT);
      return new Submission.Circuit(Circuits.ofEigenLang(LocalFiles.path(file), options, tenant()));
    }
    if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
      return ofJobFile(LocalFiles.path(file));
    }
    throw CliProblems.ARGUMENT_INVALID
        .field("FILE", file, "*.yaml, *.qasm, *.eigen.py, or -; a payload goes with --payload FILE")
        .toException();
  }

  private Submission ofJobFile(Path path) {
    String name = String.valueOf(path.getFileName());
    byte[] bytes = LocalFiles.read(path, JOB_FILE_BYTES_MAX);
    YamlMap content = YamlMap.parse(name, new String(bytes, StandardCharsets.UTF_8));
    if (content.has("apiVersion")) {
      options.refuseUnfit(Form.CIRCUIT);
      return new Submission.Circuit(Circuits.ofJobSpec(content, name, path, options, tenant()));
    }
    options.refuseUnfit(Form.PAYLOAD);
    return new Submission.Payload(PayloadJobs.ofFile(content, name, path, options, tenant()));
  }

  private byte[] payloadBytes() {
    if (data != null) {
      return data.getBytes(StandardCharsets.UTF_8);
    }
    if (payload != null) {
      return LocalFiles.read(LocalFiles.path(payload), PayloadJobs.PAYLOAD_BYTES_MAX);
    }
    if (file == null && console().terminal().in()) {
      throw invalid("nothing to submit (expected: FILE, --prompt, --data, --payload, or stdin)");
    }
    try {
      return LocalFiles.read(console().in(), "stdin", PayloadJobs.PAYLOAD_BYTES_MAX);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException invalid(String message) {
    return CliProblems.ARGUMENT_INVALID.because(message).toException();
  }
}
