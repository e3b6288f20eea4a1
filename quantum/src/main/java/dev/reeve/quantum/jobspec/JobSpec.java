package dev.reeve.quantum.jobspec;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.aqo.AqoValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// A job specification that was checked.
///
/// @param version as the file says it
/// @param name of the job
/// @param target device
/// @param priority 0 to 100
/// @param program its text, or where it stands
/// @param entrypoint function to run
/// @param options of the compiler, those of `workload` and `runtime` among them
/// @param metadata of the run
/// @param labels of the job
/// @param dependencies ids of jobs
/// @param sections of `spec` as they stand: `scheduling`, `security`, ...
/// @param ignored paths of members that mean nothing
public record JobSpec(
    JobSpecVersion version,
    String name,
    String target,
    OptionalInt priority,
    Program program,
    String entrypoint,
    SortedMap<String, String> options,
    SortedMap<String, String> metadata,
    SortedMap<String, String> labels,
    List<String> dependencies,
    SortedMap<String, AqoValue> sections,
    List<String> ignored) {
  /// Where the program is.
  public sealed interface Program {
    /// In the file.
    record Inline(String text) implements Program {}

    /// Beside the file, or in a folder below.
    ///
    /// @param path relative, without `..`
    record Beside(String path) implements Program {}
  }

  public JobSpec {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(program, "program");
    options = AqoValue.sorted(options);
    metadata = AqoValue.sorted(metadata);
    labels = AqoValue.sorted(labels);
    dependencies = List.copyOf(dependencies);
    sections = AqoValue.sorted(sections);
    ignored = List.copyOf(ignored);
  }

  /// Reads a specification.
  ///
  /// @throws dev.reeve.base.ProblemException `JOBSPEC_INVALID` with every mistake
  public static JobSpec read(String yaml) {
    return new JobSpecReader(JobSpecYaml.read(yaml)).read();
  }

  /// A section in canonical JSON, as `scheduling`.
  public Optional<String> section(String name) {
    return Optional.ofNullable(sections.get(name)).map(AqoValue::canonical);
  }

  /// The normalized form.
  ///
  /// @param source the bytes of the program
  public NormalizedJobSpec normalized(Bytes source) {
    Map<String, AqoValue> spec = new TreeMap<>(sections);
    spec.put("target", new AqoValue.Words(target));
    spec.put("priority", new AqoValue.Whole(priority.orElse(JobSpecReader.PRIORITY_DEFAULT)));
    spec.put("entrypoint", new AqoValue.Words(entrypoint));
    spec.put("compiler_options", AqoValue.Members.ofTexts(options));
    spec.put("metadata", AqoValue.Members.ofTexts(metadata));
    spec.put("dependencies", words(dependencies));
    spec.put(
        "program",
        AqoValue.Members.ofTexts(
            switch (program) {
              case Program.Inline inline -> Map.of("source", inline.text());
              case Program.Beside beside -> Map.of("path", beside.path());
            }));
    AqoValue compatibility =
        AqoValue.Members.of(
            Map.of(
                "ignored",
                words(ignored),
                "source_api_version",
                new AqoValue.Words(version.text())));
    AqoValue named =
        AqoValue.Members.of(
            Map.of("name", new AqoValue.Words(name), "labels", AqoValue.Members.ofTexts(labels)));
    return NormalizedJobSpec.of(
        Map.of(
            "contract", new AqoValue.Words("jobspec.normalized"),
            "version", new AqoValue.Words("1.0.0"),
            "apiVersion", new AqoValue.Words(JobSpecVersion.V1.text()),
            "kind", new AqoValue.Words(JobSpecReader.KIND),
            "compatibility", compatibility,
            "metadata", named,
            "spec", AqoValue.Members.of(spec)),
        source);
  }

  private static AqoValue words(List<String> texts) {
    return new AqoValue.Elements(texts.stream().<AqoValue>map(AqoValue.Words::new).toList());
  }
}
