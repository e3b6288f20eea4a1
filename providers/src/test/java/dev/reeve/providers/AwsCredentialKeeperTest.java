package dev.reeve.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.ClientFactory;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Credentials that end are there when a call needs them, and are asked for beside the calls.
class AwsCredentialKeeperTest {
  private static final Instant START = Instant.parse("2026-11-22T04:00:00Z");

  @TempDir Path folder;

  private Instant now = START;
  private final InstantSource clock = () -> now;
  private final Queue<CompletableFuture<AwsCredentials>> answers = new ArrayDeque<>();
  private int asked;

  private final AwsCredentialKeeper keeper =
      new AwsCredentialKeeper(
          () -> {
            asked++;
            return answers.isEmpty() ? new CompletableFuture<>() : answers.remove();
          },
          clock);

  private static AwsCredentials until(String id, Duration time) {
    return AwsCredentials.of(id, "secret", "token").until(START.plus(time));
  }

  private void answer(AwsCredentials credentials) {
    answers.add(CompletableFuture.completedFuture(credentials));
  }

  private String id() {
    return keeper.current().join().accessKeyId();
  }

  @Test
  void they_are_asked_for_once_while_they_hold() {
    answer(until("a", Duration.ofHours(1)));

    assertThat(List.of(id(), id(), id())).containsOnly("a");
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void they_are_renewed_before_they_end_and_calls_do_not_wait_for_it() {
    CompletableFuture<AwsCredentials> slow = new CompletableFuture<>();
    answer(until("a", Duration.ofHours(1)));
    answers.add(slow);
    assertThat(id()).isEqualTo("a");

    now = START.plus(Duration.ofMinutes(56));
    assertThat(List.of(id(), id())).containsOnly("a");
    assertThat(asked).isEqualTo(2);
    slow.complete(until("b", Duration.ofHours(2)));

    assertThat(id()).isEqualTo("b");
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void calls_wait_together_when_none_hold() {
    CompletableFuture<AwsCredentials> slow = new CompletableFuture<>();
    answers.add(slow);

    CompletableFuture<AwsCredentials> first = keeper.current();
    CompletableFuture<AwsCredentials> second = keeper.current();
    assertThat(first).isNotDone();
    slow.complete(until("a", Duration.ofHours(1)));

    assertThat(first.join().accessKeyId()).isEqualTo("a");
    assertThat(second.join().accessKeyId()).isEqualTo("a");
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void who_gives_up_waiting_takes_nothing_from_the_others() {
    CompletableFuture<AwsCredentials> slow = new CompletableFuture<>();
    answers.add(slow);
    CompletableFuture<AwsCredentials> first = keeper.current();
    CompletableFuture<AwsCredentials> second = keeper.current();

    first.cancel(true);
    slow.complete(until("a", Duration.ofHours(1)));

    assertThat(second.join().accessKeyId()).isEqualTo("a");
  }

  @Test
  void a_source_that_fails_is_left_alone_for_a_while_and_what_holds_goes_on() {
    answer(until("a", Duration.ofHours(1)));
    answers.add(CompletableFuture.failedFuture(new AwsCredentialKeeper.Missing("planned")));
    answer(until("b", Duration.ofHours(2)));
    assertThat(id()).isEqualTo("a");

    now = START.plus(Duration.ofMinutes(56));
    assertThat(List.of(id(), id())).containsOnly("a");
    assertThat(asked).isEqualTo(2);
    now = now.plus(Duration.ofSeconds(11));
    assertThat(id()).isIn("a", "b");

    assertThat(id()).isEqualTo("b");
  }

  @Test
  void what_has_ended_is_used_no_more() {
    answer(until("a", Duration.ofMinutes(1)));
    answers.add(CompletableFuture.failedFuture(new AwsCredentialKeeper.Missing("planned")));
    assertThat(id()).isEqualTo("a");

    now = START.plus(Duration.ofMinutes(2));

    assertThatThrownBy(() -> keeper.current().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(AwsCredentialKeeper.Missing.class)
        .hasMessageContaining("planned");
  }

  @Test
  void a_profile_that_changes_is_read_again() throws IOException {
    Path file = folder.resolve("credentials");
    write(file, "first");
    AwsCredentialKeeper profile = profile(file, "work");
    assertThat(profile.current().join().accessKeyId()).isEqualTo("first");
    assertThat(profile.current().join().sessionToken()).isEqualTo("t");

    write(file, "second");
    now = START.plus(Duration.ofSeconds(31));
    AwsCredentials _ = profile.current().join();

    assertThat(profile.current().join().accessKeyId()).isEqualTo("second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[work]\naws_access_key_id = a\n", "[other]\n"})
  void a_profile_without_keys_is_missing(String text) throws IOException {
    Path file = folder.resolve("credentials");
    Files.writeString(file, text);

    assertThatThrownBy(() -> profile(file, "work").current().join())
        .hasMessageContaining("no keys of the profile work");
  }

  private AwsCredentialKeeper profile(Path file, String name) {
    return AwsCredentialKeeper.of(
        new AwsAccess.Source.Profile(file, name), ClientFactory.ofDefault(), clock, Runnable::run);
  }

  private static void write(Path file, String id) throws IOException {
    Files.writeString(
        file,
        "[default]\naws_access_key_id=other\naws_secret_access_key=x\n# ours\n[ work ]\n"
            + "aws_access_key_id = "
            + id
            + "\naws_secret_access_key=s=s\naws_session_token = t\n");
  }

  @Test
  void the_role_of_a_container_is_asked_for_with_its_token_and_again_before_it_ends()
      throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "one\n");
    List<String> shown = new ArrayList<>();
    HttpServer endpoint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext(
        "/role",
        exchange -> {
          shown.add(
              exchange.getRequestURI() + " " + exchange.getRequestHeaders().get("authorization"));
          byte[] body =
              ("{\"AccessKeyId\":\"id"
                      + shown.size()
                      + "\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\""
                      + now.plus(Duration.ofHours(1))
                      + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    endpoint.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort() + "/role?x=1");
      AwsCredentialKeeper role =
          AwsCredentialKeeper.of(
              new AwsAccess.Source.Container(address, AwsAccess.Source.Token.in(token)),
              ClientFactory.ofDefault(),
              clock,
              Runnable::run);
      assertThat(role.current().join().accessKeyId()).isEqualTo("id1");
      Files.writeString(token, "two");

      now = START.plus(Duration.ofMinutes(61));

      assertThat(role.current().join().accessKeyId()).isEqualTo("id2");
      assertThat(shown).containsExactly("/role?x=1 [one]", "/role?x=1 [two]");
    } finally {
      endpoint.stop(0);
    }
  }

  @Test
  void an_endpoint_that_nobody_answers_at_is_said_without_its_address() {
    AwsCredentialKeeper role =
        AwsCredentialKeeper.of(
            new AwsAccess.Source.Container(
                URI.create("http://127.0.0.1:1/role"), AwsAccess.Source.Token.of("")),
            ClientFactory.ofDefault(),
            clock,
            Runnable::run);

    assertThatThrownBy(() -> role.current().join())
        .hasMessageContaining("is silent")
        .hasMessageNotContaining("127.0.0.1");
  }
}
