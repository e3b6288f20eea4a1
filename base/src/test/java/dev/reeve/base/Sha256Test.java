package dev.reeve.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Vectors of FIPS 180-4 as published by NIST.
final class Sha256Test {
  @ParameterizedTest
  @CsvSource({
    "'',e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  })
  void published_vectors(String text, String digest) {
    assertThat(Sha256.of(Bytes.utf8(text)).hex()).isEqualTo(digest);
    assertThat(Sha256.of(Bytes.utf8(text)).size()).isEqualTo(Sha256.LENGTH);
  }

  @Test
  void a_million_times_the_letter_a() {
    byte[] run = "a".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    byte[][] runs = new byte[1_000][];
    Arrays.fill(runs, run);

    assertThat(Sha256.ofAll(runs).hex())
        .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }

  @Test
  void runs_are_hashed_as_if_they_were_one() {
    byte[] a = {1, 2};
    byte[] b = {};
    byte[] c = {3};

    assertThat(Sha256.ofAll(a, b, c)).isEqualTo(Sha256.of(new byte[] {1, 2, 3}));
    assertThat(Sha256.ofAll()).isEqualTo(Sha256.of(Bytes.EMPTY));
  }
}
