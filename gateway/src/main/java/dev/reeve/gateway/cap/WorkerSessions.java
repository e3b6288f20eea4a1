package dev.reeve.gateway.cap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Sessions that handshakes gave out: a worker shows its token with every packet. Kept in memory;
/// after a restart workers shake hands again. Safe on any thread.
final class WorkerSessions {
  static final Duration LIFE = Duration.ofHours(1);
  private static final int SESSIONS_MAX = 20_000;
  private static final int TOKEN_BYTES = 32;

  private final RandomGenerator random;

  @GuardedBy("this")
  private final Map<String, Session> byToken = new LinkedHashMap<>();

  WorkerSessions(RandomGenerator random) {
    this.random = random;
  }

  /// @param token the secret
  /// @param expiresAt when it ends
  record Session(String token, String workerId, Instant expiresAt) {}

  /// A new session; empty while too many are open.
  synchronized Optional<Session> open(String workerId, Instant now) {
    Iterator<Session> oldest = byToken.values().iterator();
    while (oldest.hasNext() && !oldest.next().expiresAt().isAfter(now)) {
      oldest.remove();
    }
    if (byToken.size() >= SESSIONS_MAX) {
      return Optional.empty();
    }
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    Session session =
        new Session("session-" + HexFormat.of().formatHex(secret), workerId, now.plus(LIFE));
    byToken.put(session.token(), session);
    return Optional.of(session);
  }

  /// Whether the token is of a session of this worker.
  synchronized boolean holds(String token, String workerId, Instant now) {
    Session session = byToken.get(token);
    return session != null
        && session.workerId().equals(workerId)
        && session.expiresAt().isAfter(now);
  }
}
