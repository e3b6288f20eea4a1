package dev.reeve.quantum.jobspec;

import dev.reeve.base.Problem;
import dev.reeve.base.Problem.FieldViolation;
import dev.reeve.base.Text;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Checks a specification and takes it apart. Everything that is wrong is reported at once.
final class JobSpecReader {
  static final String KIND = "QuantumJob";
  static final int PRIORITY_DEFAULT = 50;

  private static final int PRIORITY_MAX = 100;
  private static final int DEPENDENCIES_MAX = 64;
  private static final String NAME_SHAPE = "[a-zA-Z0-9._-]{1,128}";
  private static final String PATH_DEFAULT = "program.eigen.py";
  private static final Set<String> TOP = Set.of("apiVersion", "kind", "metadata", "spec");

  /// Sections of version 1 that are kept as they stand.
  private static final Set<String> SECTIONS =
      Set.of(
          "compiler",
          "workload",
          "scheduling",
          "security",
          "observability",
          "runtime",
          "resources",
          "artifacts");

  private static final Set<String> PLAIN =
      Set.of(
          "program",
          "target",
          "priority",
          "entrypoint",
          "compiler_options",
          "metadata",
          "dependencies");
  private static final Set<String> FLAT = Set.of("program_path", "program_sha256");

  private final SortedMap<String, AqoValue> document;
  private final List<FieldViolation> violations = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  JobSpecReader(AqoValue.Members document) {
    this.document = document.values();
  }

  JobSpec read() {
    Optional<JobSpecVersion> version =
        text("apiVersion", document.get("apiVersion")).flatMap(JobSpecVersion::of);
    if (version.isEmpty()) {
      complain("apiVersion", document.get("apiVersion"), "eigen.os/v1 or eigen.os/v0.1");
      throw refused();
    }
    if (!text("kind", document.get("kind")).orElse("").equals(KIND)) {
      complain("kind", document.get("kind"), KIND);
    }
    others("", document, TOP, version.get());
    SortedMap<String, AqoValue> named = members("metadata", document.get("metadata"));
    SortedMap<String, AqoValue> spec = members("spec", document.get("spec"));
    boolean flat = version.get() == JobSpecVersion.V0_1;
    Set<String> known = new HashSet<>(PLAIN);
    known.addAll(flat ? FLAT : SECTIONS);
    others("spec.", spec, known, version.get());
    JobSpec read =
        new JobSpec(
            version.get(),
            name(named.get("name")),
            required("spec.target", spec.get("target"), "a device, for example sim:local"),
            priority(spec),
            flat ? flatProgram(spec) : program(spec),
            text("spec.entrypoint", spec.get("entrypoint")).orElse("main"),
            flat ? texts("spec.compiler_options", spec.get("compiler_options")) : options(spec),
            texts("spec.metadata", spec.get("metadata")),
            texts("metadata.labels", named.get("labels")),
            dependencies(spec.get("dependencies")),
            flat ? new TreeMap<>() : sections(spec),
            ignored);
    if (!violations.isEmpty()) {
      throw refused();
    }
    return read;
  }

  private RuntimeException refused() {
    FieldViolation first = violations.getFirst();
    String rest = violations.size() > 1 ? " and %d more".formatted(violations.size() - 1) : "";
    Problem problem =
        QuantumProblems.JOBSPEC_INVALID.because(first.field() + ": " + first.description() + rest);
    for (FieldViolation violation : violations) {
      problem = problem.withField(violation.field(), violation.description());
    }
    return problem.toException();
  }

  private String name(@Nullable AqoValue value) {
    String name = text("metadata.name", value).orElse("");
    if (!name.matches(NAME_SHAPE)) {
      complain("metadata.name", value, NAME_SHAPE);
    }
    return name;
  }

  private OptionalInt priority(SortedMap<String, AqoValue> spec) {
    @Nullable AqoValue value = spec.get("priority");
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value instanceof AqoValue.Whole(long number) && number >= 0 && number <= PRIORITY_MAX) {
      return OptionalInt.of((int) number);
    }
    complain("spec.priority", value, "0 to " + PRIORITY_MAX);
    return OptionalInt.empty();
  }

  private JobSpec.Program flatProgram(SortedMap<String, AqoValue> spec) {
    return program(
        "spec.program", spec.get("program"), "spec.program_path", spec.get("program_path"), true);
  }

  private JobSpec.Program program(SortedMap<String, AqoValue> spec) {
    SortedMap<String, AqoValue> program = members("spec.program", spec.get("program"));
    if (spec.get("program") == null) {
      complain("spec.program", null, "a mapping with path or source");
    }
    others("spec.program.", program, Set.of("path", "source"), JobSpecVersion.V1);
    return program(
        "spec.program.source",
        program.get("source"),
        "spec.program.path",
        program.get("path"),
        false);
  }

  private JobSpec.Program program(
      String textField,
      @Nullable AqoValue inline,
      String pathField,
      @Nullable AqoValue beside,
      boolean standard) {
    if (inline != null && beside != null) {
      complain(pathField, beside, textField + " or " + pathField + ", not both");
    }
    if (inline != null) {
      return new JobSpec.Program.Inline(required(textField, inline, "a program"));
    }
    String path = beside == null && standard ? PATH_DEFAULT : required(pathField, beside, "a path");
    if (!isInside(path)) {
      complain(pathField, new AqoValue.Words(path), "a relative path without `..`");
    }
    return new JobSpec.Program.Beside(path);
  }

  private static boolean isInside(String path) {
    return !path.startsWith("/")
        && !path.contains("\\")
        && !path.contains("\0")
        && !path.contains(":")
        && !Arrays.asList(path.split("/", -1)).contains("..");
  }

  /// Options of the compiler by their names; those of other sections by where they stand.
  private SortedMap<String, String> options(SortedMap<String, AqoValue> spec) {
    SortedMap<String, String> options = new TreeMap<>();
    flatten("spec.compiler", "", spec.get("compiler"), options);
    flatten("spec.workload", "spec.workload.", spec.get("workload"), options);
    flatten("spec.runtime", "spec.runtime.", spec.get("runtime"), options);
    options.putAll(texts("spec.compiler_options", spec.get("compiler_options")));
    return options;
  }

  private void flatten(
      String field, String prefix, @Nullable AqoValue value, Map<String, String> options) {
    if (value == null) {
      return;
    }
    members(field, value)
        .forEach((name, member) -> {
          if (member instanceof AqoValue.Members) {
            flatten(field + "." + name, prefix + name + ".", member, options);
          } else {
            scalar(member).ifPresent(text -> options.put(prefix + name, text));
          }
        });
  }

  private SortedMap<String, AqoValue> sections(SortedMap<String, AqoValue> spec) {
    SortedMap<String, AqoValue> sections = new TreeMap<>();
    for (String name : SECTIONS) {
      @Nullable AqoValue section = spec.get(name);
      if (section != null) {
        sections.put(name, AqoValue.Members.of(members("spec." + name, section)));
      }
    }
    return sections;
  }

  private List<String> dependencies(@Nullable AqoValue value) {
    List<String> ids = new ArrayList<>();
    if (value == null) {
      return ids;
    }
    if (value instanceof AqoValue.Elements(List<AqoValue> elements)
        && elements.size() <= DEPENDENCIES_MAX) {
      elements.forEach(element -> scalar(element).ifPresent(ids::add));
      if (ids.size() == elements.size()) {
        return ids;
      }
    }
    complain("spec.dependencies", value, "a list of at most " + DEPENDENCIES_MAX + " ids of jobs");
    return List.of();
  }

  private SortedMap<String, String> texts(String field, @Nullable AqoValue value) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (value != null) {
      members(field, value)
          .forEach((name, member) ->
              scalar(member)
                  .ifPresentOrElse(
                      text -> texts.put(name, text),
                      () -> complain(field + "." + name, member, "a text")));
    }
    return texts;
  }

  private SortedMap<String, AqoValue> members(String field, @Nullable AqoValue value) {
    if (value instanceof AqoValue.Members(SortedMap<String, AqoValue> members)) {
      return members;
    }
    complain(field, value, "a mapping");
    return new TreeMap<>();
  }

  private String required(String field, @Nullable AqoValue value, String expected) {
    String text = value == null ? "" : scalar(value).orElse("");
    if (text.isBlank()) {
      complain(field, value, expected);
    }
    return text;
  }

  private Optional<String> text(String field, @Nullable AqoValue value) {
    if (value == null) {
      return Optional.empty();
    }
    Optional<String> text = scalar(value);
    if (text.isEmpty()) {
      complain(field, value, "a text");
    }
    return text;
  }

  /// Numbers and truth values count as what they look like.
  private static Optional<String> scalar(AqoValue value) {
    return switch (value) {
      case AqoValue.Words words -> Optional.of(words.text());
      case AqoValue.Whole _, AqoValue.Decimal _, AqoValue.Truth _ -> Optional.of(value.canonical());
      case AqoValue.Nothing _, AqoValue.Elements _, AqoValue.Members _ -> Optional.empty();
    };
  }

  /// What a version does not know it passes over, or refuses.
  private void others(
      String prefix,
      SortedMap<String, AqoValue> members,
      Set<String> known,
      JobSpecVersion version) {
    for (String name : members.keySet()) {
      if (known.contains(name)) {
        continue;
      }
      if (version == JobSpecVersion.V0_1) {
        ignored.add(prefix + name);
      } else {
        String nearest = Text.nearest(name, known);
        violations.add(
            new FieldViolation(
                prefix + name,
                "no such key" + (nearest.isEmpty() ? "" : " (did you mean " + nearest + "?)")));
      }
    }
  }

  private void complain(String field, @Nullable AqoValue value, String expected) {
    String shown =
        switch (value) {
          case null -> "missing";
          case AqoValue.Elements _ -> "a list";
          case AqoValue.Members _ -> "a mapping";
          case AqoValue.Nothing _ -> "nothing";
          case AqoValue.Words words -> Text.quoteForMessage(words.text());
          case AqoValue.Whole _, AqoValue.Decimal _, AqoValue.Truth _ -> value.canonical();
        };
    violations.add(new FieldViolation(field, shown + " (expected: " + expected + ")"));
  }
}
