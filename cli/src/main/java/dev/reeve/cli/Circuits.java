package dev.reeve.cli;

import com.google.protobuf.ByteString;
import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.quantum.jobspec.JobSpec;
import dev.reeve.wire.eigen_api.v1.EigenLangSource;
import dev.reeve.wire.eigen_api.v1.QasmSource;
import dev.reeve.wire.eigen_api.v1.SubmitJobRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes jobs that run a circuit: from an OpenQASM file, and from a JobSpec file of Eigen OS
/// (`apiVersion: eigen.os/v1` or `eigen.os/v0.1`). An option wins over the file.
final class Circuits {
  private static final int SOURCE_BYTES_MAX = 256 * 1024;
  private static final int SPEC_BYTES_MAX = 64 * 1024;
  private static final String TARGET_DEFAULT = "sim:local";
  private static final String JOBSPEC_VERSION = "eigen.os/v0.1";
  private static final String JOBSPEC_KIND = "QuantumJob";
  private static final String PROGRAM_PATH_DEFAULT = "program.eigen.py";

  private static final String JOBSPEC_V1 = "eigen.os/v1";

  /// The version line that every OpenQASM 3 program and every OpenQASM 2 program begins with, after
  /// comments.
  private static final Pattern QASM_START =
      Pattern.compile("\\A(?:\\s|//[^\\n]*\\n|/\\*(?s:.*?)\\*/)*OPENQASM\\s");

  private Circuits() {}

  /// The circuit of an OpenQASM file, named after the file.
  static SubmitJobRequest ofQasm(Path file, SubmitOptions options, String tenant) {
    byte[] source = LocalFiles.read(file, SOURCE_BYTES_MAX);
    SubmitJobRequest.Builder job =
        SubmitJobRequest.newBuilder()
            .setName(String.valueOf(file.getFileName()).replaceFirst("\\.qasm$", ""))
            .setTarget(TARGET_DEFAULT)
            .setQasm(QasmSource.newBuilder().setSource(ByteString.copyFrom(source)));
    return finish(job, options, tenant);
  }

  /// The program of an Eigen-Lang file, named after the file.
  static SubmitJobRequest ofEigenLang(Path file, SubmitOptions options, String tenant) {
    byte[] source = LocalFiles.read(file, SOURCE_BYTES_MAX);
    SubmitJobRequest.Builder job =
        SubmitJobRequest.newBuilder()
            .setName(String.valueOf(file.getFileName()).replaceFirst("\\.eigen\\.py$", ""))
            .setTarget(TARGET_DEFAULT)
            .setEigenLang(EigenLangSource.newBuilder().setSource(ByteString.copyFrom(source)));
    return finish(job, options, tenant);
  }

  /// The job of a JobSpec. Keys that v0.1 does not know are passed over, as its contract says.
  static SubmitJobRequest ofJobSpec(
      YamlMap file, String fileName, Path specPath, SubmitOptions options, String tenant) {
    if (file.text("apiVersion").orElse("").equals(JOBSPEC_V1)) {
      return ofSections(
          LocalFiles.read(specPath, SPEC_BYTES_MAX), fileName, specPath, options, tenant);
    }
    requireVersion(file, fileName);
    YamlMap metadata = file.map("metadata");
    YamlMap spec = file.map("spec");
    metadata.require("name", "[a-zA-Z0-9._-], at most " + Ids.GIVEN_LENGTH_MAX);
    spec.require("target", "a device, for example " + TARGET_DEFAULT);
    SubmitJobRequest.Builder job = SubmitJobRequest.newBuilder();
    metadata.text("name").ifPresent(name -> setName(job, metadata, name));
    spec.text("target").ifPresent(job::setTarget);
    spec.integer("priority", 0, SubmitOptions.PRIORITY_MAX).ifPresent(job::setPriority);
    job.putAllCompilerOptions(spec.textMap("compiler_options"));
    job.putAllMetadata(spec.textMap("metadata"));
    metadata.textMap("labels").forEach((key, value) -> job.putMetadata("label." + key, value));
    job.addAllDependencies(spec.texts("dependencies"));
    Optional<String> entrypoint = spec.text("entrypoint");
    Optional<String> sha256 = spec.text("program_sha256");
    Optional<String> inline = spec.text("program");
    String path = spec.text("program_path").orElse(PROGRAM_PATH_DEFAULT);
    if (inline.isPresent() && spec.has("program_path")) {
      spec.complain("program_path", "one too many (expected: program or program_path)");
    }
    if (inline.isEmpty() && !isInside(path)) {
      spec.refuse("program_path", "a relative path without `..`");
    }
    file.throwProblems(fileName);
    byte[] source =
        inline
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .orElseGet(() -> LocalFiles.read(specPath.resolveSibling(path), SOURCE_BYTES_MAX));
    if (isQasm(source)) {
      job.setQasm(QasmSource.newBuilder().setSource(ByteString.copyFrom(source)));
    } else {
      EigenLangSource.Builder program =
          EigenLangSource.newBuilder().setSource(ByteString.copyFrom(source));
      entrypoint.ifPresent(program::setEntrypoint);
      sha256.ifPresent(program::setSha256);
      job.setEigenLang(program);
    }
    return finish(job, options, tenant);
  }

  /// The job of a JobSpec v1. The file goes with it, so that the server knows its sections.
  private static SubmitJobRequest ofSections(
      byte[] yaml, String fileName, Path specPath, SubmitOptions options, String tenant) {
    String text = new String(yaml, StandardCharsets.UTF_8);
    JobSpec spec;
    try {
      spec = JobSpec.read(text);
    } catch (ProblemException e) {
      Problem problem =
          CliProblems.ARGUMENT_INVALID.because(fileName + ": " + e.problem().message());
      for (Problem.FieldViolation violation : e.problem().fields()) {
        problem = problem.withField(violation.field(), violation.description());
      }
      throw problem.toException();
    }
    SubmitJobRequest.Builder job =
        SubmitJobRequest.newBuilder().setName(spec.name()).setTarget(spec.target());
    spec.priority().ifPresent(job::setPriority);
    job.putAllCompilerOptions(spec.options());
    job.putAllMetadata(spec.metadata());
    spec.labels().forEach((key, value) -> job.putMetadata("label." + key, value));
    job.putMetadata("jobspec_yaml", text);
    job.addAllDependencies(spec.dependencies());
    byte[] source =
        switch (spec.program()) {
          case JobSpec.Program.Inline inline -> inline.text().getBytes(StandardCharsets.UTF_8);
          case JobSpec.Program.Beside beside ->
              LocalFiles.read(specPath.resolveSibling(beside.path()), SOURCE_BYTES_MAX);
        };
    if (isQasm(source)) {
      job.setQasm(QasmSource.newBuilder().setSource(ByteString.copyFrom(source)));
    } else {
      job.setEigenLang(
          EigenLangSource.newBuilder()
              .setSource(ByteString.copyFrom(source))
              .setEntrypoint(spec.entrypoint()));
    }
    return finish(job, options, tenant);
  }

  private static void requireVersion(YamlMap file, String fileName) {
    String version = file.text("apiVersion").orElse("");
    String kind = file.text("kind").orElse("");
    if (!version.equals(JOBSPEC_VERSION)) {
      throw CliProblems.ARGUMENT_INVALID
          .field(fileName + ": apiVersion", version, JOBSPEC_V1 + " or " + JOBSPEC_VERSION)
          .toException();
    }
    if (!kind.equals(JOBSPEC_KIND)) {
      throw CliProblems.ARGUMENT_INVALID
          .field(fileName + ": kind", kind, JOBSPEC_KIND)
          .toException();
    }
  }

  private static void setName(SubmitJobRequest.Builder job, YamlMap metadata, String name) {
    if (name.matches("[a-zA-Z0-9._-]{1," + Ids.GIVEN_LENGTH_MAX + "}")) {
      job.setName(name);
    } else {
      metadata.refuse("name", "[a-zA-Z0-9._-], at most " + Ids.GIVEN_LENGTH_MAX);
    }
  }

  private static boolean isInside(String path) {
    return !path.startsWith("/")
        && !path.contains("\\")
        && !path.contains("\0")
        && !Arrays.asList(path.split("/", -1)).contains("..");
  }

  static boolean isQasm(byte[] source) {
    return QASM_START.matcher(new String(source, StandardCharsets.UTF_8)).find();
  }

  private static SubmitJobRequest finish(
      SubmitJobRequest.Builder job, SubmitOptions options, String tenant) {
    Optional.ofNullable(options.name).ifPresent(job::setName);
    Optional.ofNullable(options.target).ifPresent(job::setTarget);
    options.priorityNumber().ifPresent(job::setPriority);
    job.putAllCompilerOptions(SubmitOptions.map(options.compilerOptions));
    job.putAllMetadata(SubmitOptions.map(options.metadata));
    SubmitOptions.map(options.labels)
        .forEach((key, value) -> job.putMetadata("label." + key, value));
    Optional.ofNullable(options.topic).ifPresent(topic -> job.putMetadata("topic", topic));
    if (!options.riskTags.isEmpty()) {
      job.putMetadata("risk_tags", String.join(",", options.riskTags));
    }
    if (options.shots != null) {
      job.putMetadata("shots", options.shots.toString());
    }
    if (options.seed != null) {
      job.putMetadata("seed", options.seed.toString());
    }
    job.addAllDependencies(options.dependsOn);
    if (!tenant.isEmpty()) {
      job.getEnvelopeBuilder().setTenantId(tenant);
    }
    if (options.project != null) {
      job.getEnvelopeBuilder().setProjectId(options.project);
    }
    if (options.idempotencyKey != null) {
      job.getEnvelopeBuilder().setIdempotencyKey(options.idempotencyKey);
    }
    if (options.deadline != null) {
      job.getEnvelopeBuilder().setDeadline(PayloadJobs.span(options.deadline));
    }
    return job.build();
  }
}
