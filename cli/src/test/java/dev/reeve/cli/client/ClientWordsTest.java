package dev.reeve.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientWordsTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "5m, PT5M",
    "1h30m, PT1H30M",
    "2d, PT48H",
    "0s, PT0S"
  })
  void durations_are_read(String text, Duration span) {
    assertThat(Durations.parse(text)).contains(span);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-5s", "1.5s", "1 s", "1y", "9999999999s"})
  void what_is_no_duration_is_none(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0ms",
    "PT0.999S, 999ms",
    "PT4.25S, 4.2s",
    "PT30S, 30s",
    "PT90S, 1m30s",
    "PT2H5M, 2h5m",
    "PT49H, 2d1h"
  })
  void durations_are_printed_short(Duration span, String text) {
    assertThat(Durations.print(span)).isEqualTo(text);
  }

  @Test
  void waits_double_up_to_the_longest_and_start_again_after_a_success() {
    Backoff backoff =
        new Backoff(Duration.ofMillis(100), Duration.ofMillis(400), new SplittableRandom(1));

    assertThat(backoff.next()).isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
    assertThat(backoff.next()).isBetween(Duration.ofMillis(160), Duration.ofMillis(240));
    assertThat(backoff.next()).isBetween(Duration.ofMillis(320), Duration.ofMillis(480));
    assertThat(backoff.next()).isBetween(Duration.ofMillis(320), Duration.ofMillis(480));
    backoff.reset();
    assertThat(backoff.next()).isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": [1, 2]} | application/json",
        "42 | application/json",
        "{\"a\": | text/plain; charset=utf-8",
        "{a: 1} | text/plain; charset=utf-8",
        "[1] [2] | text/plain; charset=utf-8",
        "plain | text/plain; charset=utf-8"
      })
  void media_types_are_guessed(String text, String type) {
    assertThat(MediaTypes.guess(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(type);
  }

  @Test
  void what_is_not_text_is_binary() {
    assertThat(MediaTypes.guess(new byte[] {(byte) 0xff, 1})).isEqualTo(MediaTypes.BINARY);
    assertThat(MediaTypes.guess(new byte[] {'a', 0})).isEqualTo(MediaTypes.BINARY);
    assertThat(MediaTypes.guess(new byte[2_000_000])).isEqualTo(MediaTypes.BINARY);
  }

  @Test
  void deep_nesting_is_no_danger() {
    byte[] deep = "[".repeat(500_000).getBytes(StandardCharsets.UTF_8);

    assertThat(MediaTypes.guess(deep)).isEqualTo(MediaTypes.TEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:50051, localhost, 50051",
    "10.0.0.1:1, 10.0.0.1, 1",
    "[::1]:65535, ::1, 65535"
  })
  void addresses_are_read(String text, String host, int port) {
    ServerAddress address = ServerAddress.parse("--server", text);

    assertThat(address).isEqualTo(new ServerAddress(host, port));
    assertThat(address).hasToString(text);
  }

  @Test
  void text_of_others_keeps_its_letters_and_loses_its_tricks() {
    assertThat(SafeText.line("a\tb\r\nc\033[1m\u202eé😀")).isEqualTo("a b c?[1m?é😀");
    assertThat(SafeText.lines("a\nb\007")).isEqualTo("a\nb?");
  }
}
