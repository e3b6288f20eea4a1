package dev.reeve.cli;

import dev.reeve.base.Problem;
import dev.reeve.cli.client.CliProblems;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What may be said about a job on the command line. Each form of job takes a part of it; what it
/// does not take is refused rather than forgotten.
final class SubmitOptions {
  static final int PRIORITY_MAX = 100;

  /// What sort of job is submitted, and by which API.
  enum Form {
    /// A topic and a payload, by `reeve.v1`.
    PAYLOAD,
    /// A circuit, by Eigen.
    CIRCUIT,
    /// A prompt, by Cordum.
    PROMPT
  }

  private static final Set<Form> ALL = EnumSet.allOf(Form.class);
  private static final Set<Form> CIRCUITS = EnumSet.of(Form.CIRCUIT);
  private static final Set<Form> PAYLOADS = EnumSet.of(Form.PAYLOAD);
  private static final Set<Form> PROMPTS = EnumSet.of(Form.PROMPT);
  private static final Set<Form> NOT_PROMPTS = EnumSet.of(Form.PAYLOAD, Form.CIRCUIT);
  private static final Set<Form> NOT_CIRCUITS = EnumSet.of(Form.PAYLOAD, Form.PROMPT);

  @Option(names = "--topic", paramLabel = "TOPIC", description = "What policy and workers match.")
  @Nullable String topic;

  @Option(names = "--name", paramLabel = "NAME", description = "Name for people.")
  @Nullable String name;

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "0 to 100, higher first; for a prompt interactive, batch or critical.")
  @Nullable String priority;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      converter = Converters.Pair.class,
      description = "Label, seen by policy; may be repeated.")
  List<Map.Entry<String, String>> labels = List.of();

  @Option(
      names = "--risk-tag",
      paramLabel = "TAG",
      description = "Risk tag, seen by policy; may be repeated.")
  List<String> riskTags = List.of();

  @Option(
      names = "--capability",
      paramLabel = "NAME",
      description = "What the job does, seen by policy.")
  @Nullable String capability;

  @Option(
      names = "--requires",
      paramLabel = "NAME",
      description =
          "What it needs, for people; the topic alone chooses the worker; may be repeated.")
  List<String> requires = List.of();

  @Option(
      names = "--meta",
      paramLabel = "KEY=VALUE",
      converter = Converters.Pair.class,
      description = "Metadata for whoever runs it; may be repeated.")
  List<Map.Entry<String, String>> metadata = List.of();

  @Option(names = "--project", paramLabel = "PROJECT", description = "Project of the tenant.")
  @Nullable String project;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Jobs of one group share its limits.")
  @Nullable String group;

  @Option(
      names = "--depends-on",
      paramLabel = "JOB",
      converter = Converters.JobId.class,
      description = "Job that must complete first; may be repeated.")
  List<String> dependsOn = List.of();

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      converter = Converters.Span.class,
      description = "From now until the job must have ended.")
  @Nullable Duration deadline;

  @Option(
      names = "--run-timeout",
      paramLabel = "DURATION",
      converter = Converters.Span.class,
      description = "Longest run of one attempt.")
  @Nullable Duration runTimeout;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      converter = Converters.Attempts.class,
      description = "Attempts in all, 1 to 100.")
  @Nullable Integer attempts;

  @Option(
      names = "--at-most-once",
      description = "Never run again when the outcome of an attempt is unknown.")
  boolean atMostOnce;

  @Option(
      names = "--job-id",
      paramLabel = "ID",
      converter = Converters.JobId.class,
      description = "Id of the job (default: the server makes one).")
  @Nullable String jobId;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The same key and content give the same job.")
  @Nullable String idempotencyKey;

  @Option(
      names = "--principal",
      paramLabel = "NAME",
      description = "On whose behalf a prompt is submitted (default: yours).")
  @Nullable String principal;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      description = "Media type of the payload (default: JSON or text if it is that).")
  @Nullable String contentType;

  @Option(
      names = "--target",
      paramLabel = "DEVICE",
      description = "Device for a circuit (default: sim:local).")
  @Nullable String target;

  @Option(
      names = "--shots",
      paramLabel = "N",
      converter = Converters.Shots.class,
      description = "Runs of a circuit (default: the server's, 1024).")
  @Nullable Integer shots;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Converters.Seed.class,
      description = "The same seed gives the same counts.")
  @Nullable Long seed;

  @Option(
      names = "--compiler-option",
      paramLabel = "KEY=VALUE",
      converter = Converters.Pair.class,
      description = "Option for the compiler of circuits; may be repeated.")
  List<Map.Entry<String, String>> compilerOptions = List.of();

  /// Throws when something was said that the form has no place for.
  void refuseUnfit(Form form) {
    refuseUnless(NOT_PROMPTS, form, "--name", name != null);
    refuseUnless(NOT_CIRCUITS, form, "--capability", capability != null);
    refuseUnless(NOT_CIRCUITS, form, "--requires", !requires.isEmpty());
    refuseUnless(NOT_PROMPTS, form, "--meta", !metadata.isEmpty());
    refuseUnless(PROMPTS, form, "--principal", principal != null);
    refuseUnless(PAYLOADS, form, "--group", group != null);
    refuseUnless(NOT_PROMPTS, form, "--depends-on", !dependsOn.isEmpty());
    refuseUnless(NOT_PROMPTS, form, "--deadline", deadline != null);
    refuseUnless(PAYLOADS, form, "--run-timeout", runTimeout != null);
    refuseUnless(PAYLOADS, form, "--attempts", attempts != null);
    refuseUnless(PAYLOADS, form, "--at-most-once", atMostOnce);
    refuseUnless(PAYLOADS, form, "--job-id", jobId != null);
    refuseUnless(PAYLOADS, form, "--content-type", contentType != null);
    refuseUnless(CIRCUITS, form, "--target", target != null);
    refuseUnless(CIRCUITS, form, "--shots", shots != null);
    refuseUnless(CIRCUITS, form, "--seed", seed != null);
    refuseUnless(CIRCUITS, form, "--compiler-option", !compilerOptions.isEmpty());
  }

  /// The priority as a number, 0 to 100.
  Optional<Integer> priorityNumber() {
    if (priority == null) {
      return Optional.empty();
    }
    if (!priority.matches("[0-9]{1,3}") || Integer.parseInt(priority) > PRIORITY_MAX) {
      throw invalid("--priority", priority, "0 to " + PRIORITY_MAX);
    }
    return Optional.of(Integer.valueOf(priority));
  }

  /// The priority as one of the words for prompts; empty when none was given.
  String priorityWord() {
    if (priority == null) {
      return "";
    }
    if (!Set.of("interactive", "batch", "critical").contains(priority)) {
      throw invalid("--priority", priority, "interactive, batch or critical for a prompt");
    }
    return priority;
  }

  /// Pairs as a map; the last of equal keys wins.
  static Map<String, String> map(List<Map.Entry<String, String>> pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), pair.getValue()));
    return map;
  }

  private static void refuseUnless(Set<Form> forms, Form form, String option, boolean given) {
    if (given && !forms.contains(form)) {
      throw CliProblems.ARGUMENT_INVALID
          .because(option + ": not for a " + word(form) + " (expected: with " + words(forms) + ")")
          .toException();
    }
  }

  private static String words(Set<Form> forms) {
    return forms.equals(ALL)
        ? "any job"
        : String.join(" or ", forms.stream().map(form -> "a " + word(form)).toList());
  }

  private static String word(Form form) {
    return switch (form) {
      case PAYLOAD -> "payload";
      case CIRCUIT -> "circuit";
      case PROMPT -> "prompt";
    };
  }

  private static RuntimeException invalid(String option, String value, String expected) {
    Problem problem = CliProblems.ARGUMENT_INVALID.field(option, value, expected);
    return problem.toException();
  }
}
