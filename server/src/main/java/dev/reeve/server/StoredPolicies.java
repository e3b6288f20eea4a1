package dev.reeve.server;

import dev.reeve.engine.port.StoreException;
import dev.reeve.policy.PolicySource;
import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.PolicyArchive;
import dev.reeve.service.PolicyHistory;
import dev.reeve.service.Times;
import dev.reeve.store.KeptPolicies;
import dev.reeve.store.PolicyRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The policies that were in force, in the store. Safe on any thread; blocks.
final class StoredPolicies implements PolicyArchive {
  /// The last thousand, as long as their files have no more than 256 MiB together.
  static final KeptPolicies.Bounds BOUNDS = new KeptPolicies.Bounds(1_000, 256L * 1024 * 1024);

  private final KeptPolicies store;

  StoredPolicies(KeptPolicies store) {
    this.store = store;
  }

  @Override
  public List<PolicyHistory.Entry> newestFirst() throws StoreException {
    return entries(store.newestFirst());
  }

  @Override
  public Optional<List<LoadedPolicy.File>> files(String snapshot) throws StoreException {
    return store.files(snapshot).map(files -> files.stream().map(StoredPolicies::loaded).toList());
  }

  @Override
  public List<PolicyHistory.Entry> put(
      String snapshot, Instant at, String source, List<LoadedPolicy.File> files)
      throws StoreException {
    List<PolicyRows.File> kept = files.stream().map(StoredPolicies::kept).toList();
    return entries(store.put(snapshot, Times.micros(at), source, kept, BOUNDS));
  }

  private static List<PolicyHistory.Entry> entries(List<PolicyRows.Entry> stored) {
    return stored.stream()
        .map(entry ->
            new PolicyHistory.Entry(
                entry.snapshot(),
                Times.instant(entry.firstMicros()),
                Times.instant(entry.lastMicros()),
                entry.source(),
                entry.files(),
                entry.bytes()))
        .toList();
  }

  private static PolicyRows.File kept(LoadedPolicy.File file) {
    return new PolicyRows.File(
        file.source().name(), file.source().file(), file.invariants(), file.verified());
  }

  private static LoadedPolicy.File loaded(PolicyRows.File file) {
    return new LoadedPolicy.File(
        new PolicySource(file.name(), file.content()), file.invariants(), file.verified());
  }
}
