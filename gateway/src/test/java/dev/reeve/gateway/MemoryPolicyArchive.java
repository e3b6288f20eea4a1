package dev.reeve.gateway;

import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.PolicyArchive;
import dev.reeve.service.PolicyHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Policies that were in force during one test; keeps all of them.
final class MemoryPolicyArchive implements PolicyArchive {
  private final List<PolicyHistory.Entry> entries = new ArrayList<>();
  private final Map<String, List<LoadedPolicy.File>> files = new HashMap<>();

  @Override
  public synchronized List<PolicyHistory.Entry> newestFirst() {
    return List.copyOf(entries);
  }

  @Override
  public synchronized Optional<List<LoadedPolicy.File>> files(String snapshot) {
    return Optional.ofNullable(files.get(snapshot));
  }

  @Override
  public synchronized List<PolicyHistory.Entry> put(
      String snapshot, Instant at, String source, List<LoadedPolicy.File> of) {
    Instant first =
        entries.stream()
            .filter(entry -> entry.snapshot().equals(snapshot))
            .map(PolicyHistory.Entry::firstAt)
            .findFirst()
            .orElse(at);
    files.putIfAbsent(snapshot, List.copyOf(of));
    long bytes = of.stream().mapToLong(file -> file.source().file().size()).sum();
    entries.removeIf(entry -> entry.snapshot().equals(snapshot));
    entries.addFirst(new PolicyHistory.Entry(snapshot, first, at, source, of.size(), bytes));
    return List.copyOf(entries);
  }
}
