package dev.reeve.gateway.cap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Sessions that handshakes gave out: a worker shows its token with every packet. They outlive a
/// restart; what is kept of a token is its hash. Safe on any thread.
final class WorkerSessions {
  static final Duration LIFE = Duration.ofHours(1);
  private static final int SESSIONS_MAX = 20_000;
  private static final int TOKEN_BYTES = 32;

  private final RandomGenerator random;

  @GuardedBy("this")
  private final Map<String, WorkerMemory.Session> byHash = new LinkedHashMap<>();

  private final WorkerMemory memory;
  private final CapMetrics metrics;

  /// @param random cannot be guessed
  WorkerSessions(RandomGenerator random, WorkerMemory memory, CapMetrics metrics) {
    this.random = random;
    this.memory = memory;
    this.metrics = metrics;
    for (WorkerMemory.Session session : memory.sessions()) {
      byHash.put(session.tokenHash(), session);
    }
  }

  /// @param token the secret
  /// @param expiresAt when it ends
  record Session(String token, String workerId, Instant expiresAt) {}

  /// A new session; empty while too many are open.
  synchronized Optional<Session> open(String workerId, Instant now) {
    Iterator<WorkerMemory.Session> oldest = byHash.values().iterator();
    while (oldest.hasNext() && !oldest.next().expiresAt().isAfter(now)) {
      oldest.remove();
    }
    if (byHash.size() >= SESSIONS_MAX) {
      return Optional.empty();
    }
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    Session session =
        new Session("session-" + HexFormat.of().formatHex(secret), workerId, now.plus(LIFE));
    WorkerMemory.Session kept =
        new WorkerMemory.Session(hash(session.token()), workerId, session.expiresAt());
    byHash.put(kept.tokenHash(), kept);
    memory.remember(kept);
    metrics.sessionsOpened.increment();
    return Optional.of(session);
  }

  /// Whether the token is of a session of this worker.
  synchronized boolean holds(String token, String workerId, Instant now) {
    WorkerMemory.Session session = byHash.get(hash(token));
    return session != null
        && session.workerId().equals(workerId)
        && session.expiresAt().isAfter(now);
  }

  private static String hash(String token) {
    return Sha256.of(Bytes.utf8(token)).hex();
  }
}
