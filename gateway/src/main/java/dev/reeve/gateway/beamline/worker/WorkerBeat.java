package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.gateway.Topics;
import dev.reeve.governance.cif.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A worker's sign of life, in either of its two forms, and what its metadata say of it.
///
/// @param load 0 to 1, or above when it says so
/// @param inFlight jobs that it says it has in hand
/// @param topics of jobs that it takes; empty when it does not say
/// @param concurrency jobs it takes at once; 0 when it does not say
/// @param subject where it listens; empty when it does not say
/// @param labels the rest of its metadata that is text
record WorkerBeat(
    String workerId,
    Status status,
    double load,
    int inFlight,
    String tenantId,
    Set<String> topics,
    int concurrency,
    String subject,
    Map<String, String> labels) {
  static final int CONCURRENCY_MAX = 10_000;
  private static final int TOPICS_MAX = 256;
  private static final int LABELS_MAX = 64;
  private static final int TEXT_LENGTH_MAX = 256;
  private static final double LOAD_MAX = 1_000_000;
  private static final Set<String> OWN = Set.of("topics", "concurrency", "assignment_subject");

  /// How it is.
  enum Status {
    READY,
    BUSY,
    /// Gets nothing new.
    DEGRADED
  }

  WorkerBeat {
    topics = Set.copyOf(topics);
    labels = Map.copyOf(labels);
  }

  /// @throws dev.reeve.base.ProblemException `WORKER_MESSAGE_INVALID`
  static WorkerBeat read(Bytes message) {
    ExecMembers all = Envelope.HEARTBEAT.open(message);
    ExecMembers resources = all.members("resources");
    ExecMembers metadata = all.members("metadata");
    String worker = all.text("worker_id", TEXT_LENGTH_MAX);
    if (!isName(worker)) {
      throw all.wrong("worker_id", "a name without blanks");
    }
    int inFlight = Math.clamp(resources.integer("jobs_in_flight", 0), 0, CONCURRENCY_MAX);
    double load = all.real("load", resources.real("cpu", 0));
    int concurrency = (int) metadata.integer("concurrency", 0);
    if (concurrency < 0 || concurrency > CONCURRENCY_MAX) {
      throw metadata.wrong("concurrency", "1 to " + CONCURRENCY_MAX);
    }
    return new WorkerBeat(
        worker,
        status(all),
        Math.clamp(load, 0, LOAD_MAX),
        inFlight,
        all.text("tenant_id", TEXT_LENGTH_MAX),
        topics(metadata),
        concurrency,
        subject(metadata),
        labels(metadata));
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static Status status(ExecMembers all) {
    String status = all.text("status", TEXT_LENGTH_MAX);
    return switch (status) {
      case "ready", "idle", "" -> Status.READY;
      case "busy" -> Status.BUSY;
      case "degraded" -> Status.DEGRADED;
      default -> throw all.wrong("status", "ready, idle, busy or degraded");
    };
  }

  private static Set<String> topics(ExecMembers metadata) {
    Set<String> topics = new TreeSet<>();
    for (String topic : names(metadata)) {
      String whole = Topics.ofKind(topic);
      if (!Topics.isTopic(whole)) {
        throw metadata.wrong("topics", Topics.SHAPE);
      }
      topics.add(whole);
    }
    if (topics.size() > TOPICS_MAX) {
      throw metadata.wrong("topics", "at most " + TOPICS_MAX);
    }
    return topics;
  }

  /// A list, or one text with commas.
  private static List<String> names(ExecMembers metadata) {
    Optional<JsonValue> value = metadata.value("topics");
    List<String> names = new ArrayList<>();
    if (value.isPresent() && value.get() instanceof JsonValue.Items items) {
      for (JsonValue item : items.values()) {
        if (!(item instanceof JsonValue.Text text)) {
          throw metadata.wrong("topics", "strings");
        }
        names.add(text.value());
      }
    } else if (value.isPresent()) {
      for (String name : metadata.text("topics", TOPICS_MAX * TEXT_LENGTH_MAX).split(",", -1)) {
        if (!name.isBlank()) {
          names.add(name.strip());
        }
      }
    }
    return names;
  }

  private static String subject(ExecMembers metadata) {
    String subject = metadata.text("assignment_subject", TEXT_LENGTH_MAX);
    if (!subject.isEmpty() && !ExecSubjects.isKept(subject)) {
      throw metadata.wrong("assignment_subject", "caf.exec.assign. and more");
    }
    return subject;
  }

  private static Map<String, String> labels(ExecMembers metadata) {
    Map<String, String> labels = new LinkedHashMap<>();
    metadata
        .values()
        .forEach((name, value) -> {
          boolean fits = labels.size() < LABELS_MAX && name.length() <= TEXT_LENGTH_MAX;
          if (fits
              && !OWN.contains(name)
              && value instanceof JsonValue.Text text
              && text.value().length() <= TEXT_LENGTH_MAX) {
            labels.put(name, text.value());
          }
        });
    return labels;
  }
}
