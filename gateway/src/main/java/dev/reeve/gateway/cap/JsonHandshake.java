package dev.reeve.gateway.cap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.gson.JsonObject;
import dev.reeve.base.Bytes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The older handshake: JSON on `sys.worker.handshake` and `.renew`. It proves nothing but that its
/// sender may use the bus, so it gives no session where keys of senders are known.
final class JsonHandshake {
  private static final int BYTES_MAX = 65_536;
  private static final int NONCE_LENGTH_MIN = 16;
  private static final int TEXT_MAX = 4_096;
  private static final Duration SKEW_MAX = Duration.ofSeconds(60);
  private static final int NONCES_MAX = 65_536;
  private static final long MILLIS_FROM = 100_000_000_000L;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxStringLength(TEXT_MAX)
                  .maxNumberLength(32)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final WorkerSessions sessions;
  private final boolean keysKnown;
  private final ReplayWindow nonces = new ReplayWindow(SKEW_MAX, NONCES_MAX);

  /// @param keysKnown whether senders must prove who they are by keys
  JsonHandshake(WorkerSessions sessions, boolean keysKnown) {
    this.sessions = sessions;
    this.keysKnown = keysKnown;
  }

  /// The answer to a request.
  Bytes answer(Bytes request, Instant now) {
    Optional<Map<String, String>> read = read(request);
    if (read.isEmpty()) {
      return rejection("", "malformed_request");
    }
    Map<String, String> members = read.get();
    String requestId = members.getOrDefault("request_id", "");
    String worker = members.getOrDefault("agent_id", "");
    String nonce = members.getOrDefault("nonce", "");
    Optional<Instant> timestamp = time(members.getOrDefault("timestamp", ""));
    if (!Subjects.isWorkerId(worker) || nonce.length() < NONCE_LENGTH_MIN || timestamp.isEmpty()) {
      return rejection(requestId, "malformed_request");
    }
    if (keysKnown) {
      return rejection(requestId, "invalid_signature");
    }
    return switch (nonces.look(worker + "/" + nonce, timestamp.get(), now)) {
      case SKEWED -> rejection(requestId, "clock_skew");
      case REPLAYED -> rejection(requestId, "replay_detected");
      case FULL -> rejection(requestId, "internal_error");
      case FRESH ->
          sessions
              .open(worker, now)
              .map(session -> acceptance(requestId, session))
              .orElseGet(() -> rejection(requestId, "internal_error"));
    };
  }

  private static Bytes acceptance(String requestId, WorkerSessions.Session session) {
    JsonObject out = new JsonObject();
    out.addProperty("session_token", session.token());
    out.addProperty("token_exp", session.expiresAt().getEpochSecond());
    out.addProperty("request_id", requestId);
    out.addProperty("rejected", false);
    out.addProperty("reason", "");
    return Bytes.utf8(out.toString());
  }

  private static Bytes rejection(String requestId, String reason) {
    JsonObject out = new JsonObject();
    out.addProperty("session_token", "");
    out.addProperty("token_exp", 0);
    out.addProperty("request_id", requestId);
    out.addProperty("rejected", true);
    out.addProperty("reason", reason);
    return Bytes.utf8(out.toString());
  }

  /// The texts and numbers of the object, as text; members of members are skipped.
  private static Optional<Map<String, String>> read(Bytes request) {
    if (request.isEmpty() || request.size() > BYTES_MAX || !ContentTypes.isUtf8(request)) {
      return Optional.empty();
    }
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(request.unsafeArray())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value.isScalarValue()) {
          members.put(name, parser.getText());
        } else {
          parser.skipChildren();
        }
      }
      boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
      return whole ? Optional.of(members) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// RFC 3339 text, or seconds or milliseconds since 1970.
  private static Optional<Instant> time(String text) {
    try {
      boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!digits) {
        return Optional.of(Instant.parse(text));
      }
      if (text.length() > 15) {
        return Optional.empty();
      }
      long number = Long.parseLong(text);
      return Optional.of(
          number >= MILLIS_FROM ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
