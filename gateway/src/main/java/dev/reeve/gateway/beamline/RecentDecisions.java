package dev.reeve.gateway.beamline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The newest decisions by tenant and message id, for those who ask again. In memory alone.
/// Thread-safe; the lock is held for one look-up.
public final class RecentDecisions {
  private static final int KEPT_MAX = 10_000;
  private static final int BYTES_MAX = 16 * 1024;

  private record Key(String tenant, String messageId) {}

  @GuardedBy("this")
  private final Map<Key, RouteDecision> decisions = new LinkedHashMap<>();

  void add(String tenant, String messageId, RouteDecision decision) {
    if (messageId.isEmpty() || decision.getSerializedSize() > BYTES_MAX) {
      return;
    }
    Key key = new Key(tenant, messageId);
    synchronized (this) {
      decisions.remove(key);
      decisions.put(key, decision);
      if (decisions.size() > KEPT_MAX) {
        decisions.remove(decisions.keySet().iterator().next());
      }
    }
  }

  /// The decision about a message of whichever tenant, if there is just one.
  synchronized Optional<RouteDecision> findOnly(String messageId) {
    List<RouteDecision> found =
        decisions.entrySet().stream()
            .filter(entry -> entry.getKey().messageId().equals(messageId))
            .map(Map.Entry::getValue)
            .limit(2)
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  synchronized Optional<RouteDecision> find(String tenant, String messageId) {
    return Optional.ofNullable(decisions.get(new Key(tenant, messageId)));
  }
}
