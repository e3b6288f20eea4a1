package dev.reeve.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What may stand behind `--store`.
final class PostgresAddressTest {
  @Test
  void user_and_password_leave_the_url() {
    PostgresAddress address =
        PostgresAddress.parse(
            "postgresql://ann:p%40ss+w%2Frd@db.example:6432/reeve?sslmode=require");

    assertThat(address.jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example:6432/reeve?sslmode=require");
    assertThat(address.credentials())
        .containsEntry("user", "ann")
        .containsEntry("password", "p@ss+w/rd");
  }

  @Test
  void the_text_of_an_address_shows_no_secret() {
    assertThat(PostgresAddress.parse("postgres://ann:secret@db/reeve?password=secret"))
        .hasToString("jdbc:postgresql://db/reeve");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db/reeve",
        "postgres://db/reeve",
        "jdbc:postgresql://db/reeve",
      })
  void the_usual_forms_mean_the_same(String url) {
    assertThat(PostgresAddress.parse(url).jdbcUrl()).isEqualTo("jdbc:postgresql://db/reeve");
    assertThat(PostgresAddress.parse(url).credentials()).isEmpty();
  }

  @Test
  void several_hosts_are_kept() {
    assertThat(PostgresAddress.parse("postgresql://a:b@h1:1,h2:2/reeve").jdbcUrl())
        .isEqualTo("jdbc:postgresql://h1:1,h2:2/reeve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sqlite", "mysql://db/reeve", "postgresql:reeve", "/var/lib/reeve"})
  void anything_else_is_refused_with_the_form_that_is_expected(String url) {
    assertThatThrownBy(() -> PostgresAddress.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: postgresql://USER:PASSWORD@HOST:PORT/NAME");
  }
}
