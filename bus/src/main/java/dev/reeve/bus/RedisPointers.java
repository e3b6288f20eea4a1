package dev.reeve.bus;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.service.PointerStore;
import dev.reeve.service.ServiceProblems;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.JedisPooled;
import redis.clients.jedis.exceptions.JedisException;

/// Pointers into a Redis that workers and submitters reach by themselves: the text after `redis://`
/// is the key. Connects when it is first asked and again after each loss. Methods block for at most
/// some seconds.
public final class RedisPointers implements PointerStore, AutoCloseable {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int CONNECTIONS_MAX = 32;

  private final JedisPooled redis;
  private final long keptSeconds;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile String trouble = "";

  /// @param address `redis://` or `rediss://`, with user and password if there are any
  /// @param kept how long bytes are kept
  public RedisPointers(URI address, Duration kept) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS_MAX);
    pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
    redis = new JedisPooled(pool, address, TIMEOUT_MILLIS);
    keptSeconds = kept.toSeconds();
  }

  @Override
  public Optional<Bytes> get(String tenant, String key) {
    try {
      byte[] found = redis.get(bytes(key));
      return found == null ? Optional.empty() : Optional.of(Bytes.wrap(found));
    } catch (JedisException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void put(String tenant, String key, Bytes content) {
    try {
      String _ = redis.setex(bytes(key), keptSeconds, content.unsafeArray());
    } catch (JedisException e) {
      throw unavailable(e);
    }
  }

  /// Asks whether it answers, whether or not anybody needs it now. Blocks for at most some seconds;
  /// does nothing while another one asks.
  public void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      String _ = redis.ping();
      trouble = "";
    } catch (JedisException e) {
      trouble = "Redis does not answer: inputs and results of agents cannot be read or written";
    } finally {
      looking.set(false);
    }
  }

  /// What is wrong with it, as of the last [#look]; empty when nothing is. Does not block.
  public String trouble() {
    return trouble;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {
    redis.close();
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static ProblemException unavailable(JedisException e) {
    return ServiceProblems.POINTERS_UNAVAILABLE
        .because("Redis does not answer")
        .withDetail(String.valueOf(e.getMessage()))
        .withRetryAfter(Duration.ofSeconds(1))
        .toException();
  }
}
