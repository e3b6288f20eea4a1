package dev.reeve.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.testing.RedisServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Pointers in a real Redis.
class RedisPointersIT {
  @Test
  void what_is_put_is_found_by_others_under_the_text_after_the_scheme() {
    try (RedisServer server = RedisServer.start();
        RedisPointers ours = new RedisPointers(server.uri(), Duration.ofHours(1));
        RedisPointers theirs = new RedisPointers(server.uri(), Duration.ofHours(1))) {
      Bytes content = Bytes.wrap(new byte[] {0, 1, (byte) 0xff});

      ours.put("acme", "ctx:job-1", content);

      assertThat(theirs.get("acme", "ctx:job-1")).contains(content);
      assertThat(theirs.get("acme", "res:job-1")).isEmpty();
    }
  }

  @Test
  void a_redis_that_is_gone_is_named() {
    RedisServer server = RedisServer.start();
    URI address = server.uri();
    try (RedisPointers pointers = new RedisPointers(address, Duration.ofHours(1))) {
      pointers.put("acme", "ctx:job-1", Bytes.utf8("x"));
      server.close();

      assertThatThrownBy(() -> pointers.get("acme", "ctx:job-1"))
          .hasMessageContaining("Redis does not answer");
    }
  }

  @Test
  void a_look_tells_of_an_outage_before_anybody_needs_a_pointer() {
    RedisServer server = RedisServer.start();
    try (RedisPointers pointers = new RedisPointers(server.uri(), Duration.ofHours(1))) {
      pointers.look();
      assertThat(pointers.trouble()).isEmpty();

      server.close();
      pointers.look();

      assertThat(pointers.trouble()).startsWith("Redis does not answer");
    }
  }
}
