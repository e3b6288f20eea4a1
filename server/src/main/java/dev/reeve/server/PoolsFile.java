package dev.reeve.server;

import dev.reeve.base.ProblemException;
import dev.reeve.service.WorkerPools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The pools file: `topics: {TOPIC: POOL or [POOLS]}` and `pools: {NAME: {requires, status,
/// description}}`. Read again as [ReloadedFile] says. Safe on any thread.
final class PoolsFile implements Supplier<WorkerPools> {
  private static final int BYTES_MAX = 1024 * 1024;

  private final Optional<ReloadedFile<WorkerPools>> file;

  private PoolsFile(Optional<ReloadedFile<WorkerPools>> file) {
    this.file = file;
  }

  /// @throws ProblemException `POOLS_FILE_INVALID`
  static PoolsFile open(Optional<Path> file) {
    return new PoolsFile(
        file.map(path ->
            ReloadedFile.open(
                path, BYTES_MAX, ServerProblems.POOLS_FILE_INVALID, text -> parse(path, text))));
  }

  @Override
  public WorkerPools get() {
    return file.map(ReloadedFile::get).orElse(WorkerPools.NONE);
  }

  /// What is wrong with the file; empty when nothing is.
  String trouble() {
    return file.map(ReloadedFile::trouble).orElse("");
  }

  /// Reads it again when it has changed.
  void look() {
    file.ifPresent(ReloadedFile::look);
  }

  static WorkerPools parse(Path file, String text) {
    @Nullable Object root;
    try {
      root = StrictYaml.load(text);
    } catch (YamlEngineException e) {
      throw invalid(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("not YAML"));
    }
    Map<?, ?> top = map(file, "file", root);
    only(file, "file", top, Set.of("topics", "pools"));
    Map<String, WorkerPools.Pool> pools = new HashMap<>();
    map(file, "pools", top.get("pools"))
        .forEach((name, said) -> pools.put(String.valueOf(name), pool(file, name, said)));
    Map<String, List<String>> topics = new HashMap<>();
    map(file, "topics", top.get("topics"))
        .forEach((topic, names) -> {
          List<String> named = texts(file, "topics." + topic, names);
          for (String name : named) {
            if (!pools.isEmpty() && !pools.containsKey(name)) {
              throw invalid(file, "topics." + topic + ": " + name + " (expected: one of pools)");
            }
          }
          topics.put(String.valueOf(topic), named);
        });
    return new WorkerPools(topics, pools);
  }

  private static WorkerPools.Pool pool(Path file, Object name, Object said) {
    String at = "pools." + name;
    Map<?, ?> members = map(file, at, said);
    for (Object key : members.keySet()) {
      String member = String.valueOf(key);
      boolean known =
          Set.of("requires", "status", "description").contains(member)
              || member.startsWith("drain_");
      if (!known) {
        throw invalid(
            file, at + "." + member + ": unknown (expected: requires, status, description)");
      }
    }
    String status =
        String.valueOf(members.containsKey("status") ? members.get("status") : "active");
    if (!Set.of("active", "draining", "inactive").contains(status)) {
      throw invalid(file, at + ".status: " + status + " (expected: active, draining or inactive)");
    }
    return new WorkerPools.Pool(
        new HashSet<>(texts(file, at + ".requires", members.get("requires"))),
        WorkerPools.Status.valueOf(status.toUpperCase(Locale.ROOT)),
        members.get("description") instanceof String text ? text : "",
        Optional.empty());
  }

  private static void only(Path file, String at, Map<?, ?> members, Set<String> known) {
    for (Object key : members.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw invalid(
            file, at + "." + key + ": unknown (expected: " + String.join(", ", known) + ")");
      }
    }
  }

  private static Map<?, ?> map(Path file, String at, @Nullable Object value) {
    return switch (value) {
      case null -> Map.of();
      case Map<?, ?> members -> members;
      default -> throw invalid(file, at + ": not a mapping (expected: names with values)");
    };
  }

  private static List<String> texts(Path file, String at, @Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case String one -> List.of(one);
      case List<?> many -> {
        List<String> texts = new ArrayList<>();
        for (Object item : many) {
          if (!(item instanceof String text)) {
            throw invalid(file, at + ": " + item + " (expected: text)");
          }
          texts.add(text);
        }
        yield texts;
      }
      default -> throw invalid(file, at + ": " + value + " (expected: a text or a list of texts)");
    };
  }

  private static ProblemException invalid(Path file, String what) {
    return ServerProblems.POOLS_FILE_INVALID.because(file + ": " + what).toException();
  }
}
