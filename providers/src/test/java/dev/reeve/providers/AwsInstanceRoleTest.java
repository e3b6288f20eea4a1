package dev.reeve.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.ClientFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The role of an instance, from metadata that a test serves on loopback.
class AwsInstanceRoleTest {
  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
  private static final String KEYS =
      "{\"Code\":\"Success\",\"AccessKeyId\":\"ASIA1\",\"SecretAccessKey\":\"s\","
          + "\"Token\":\"session\",\"Expiration\":\"2026-11-22T10:00:00Z\"}";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer metadata;
  private volatile String role = "web-role";
  private volatile String keys = KEYS;
  private volatile int tokenStatus = 200;

  @BeforeEach
  void serve() throws IOException {
    metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    metadata.createContext("/", this::answer);
    metadata.start();
  }

  @AfterEach
  void stop() {
    metadata.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(exchange.getRequestMethod() + " " + path);
    boolean token = path.equals("/latest/api/token");
    String shown = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
    if (token) {
      boolean right =
          exchange.getRequestMethod().equals("PUT")
              && exchange.getRequestHeaders().containsKey("X-aws-ec2-metadata-token-ttl-seconds");
      reply(exchange, right ? tokenStatus : 400, "t0ken==");
    } else if (!"t0ken==".equals(shown)) {
      reply(exchange, 401, "");
    } else {
      reply(exchange, 200, path.equals(ROLES) ? role : keys);
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private AwsCredentials ask() {
    URI address = URI.create("http://127.0.0.1:" + metadata.getAddress().getPort());
    return new AwsInstanceRole(address, ClientFactory.ofDefault()).ask().join();
  }

  @Test
  void a_token_opens_the_role_and_its_keys() {
    AwsCredentials credentials = ask();

    assertThat(credentials.accessKeyId()).isEqualTo("ASIA1");
    assertThat(credentials.ends()).contains(Instant.parse("2026-11-22T10:00:00Z"));
    assertThat(asked)
        .containsExactly("PUT /latest/api/token", "GET " + ROLES, "GET " + ROLES + "web-role");
  }

  @ParameterizedTest
  @CsvSource({
    "403, web-role, no token",
    "200, '', no role",
    "200, ../../user-data, no role",
    "200, web-role, no keys"
  })
  void what_is_missing_is_named_and_no_secret(int status, String named, String said) {
    tokenStatus = status;
    role = named;
    keys = "{\"Code\":\"Failed\",\"Token\":\"hidden\"}";

    assertThatThrownBy(this::ask)
        .hasCauseInstanceOf(AwsCredentialKeeper.Missing.class)
        .hasMessageContaining("the metadata of the instance")
        .hasMessageContaining(said)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void where_nobody_answers_it_takes_about_a_second() throws IOException {
    try (java.net.ServerSocket silent =
        new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort());

      assertThat(new AwsInstanceRole(address, ClientFactory.ofDefault()).ask())
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .withMessageContaining("silent");
    }
  }
}
