package dev.reeve.governance.cif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClientRatesTest {
  private static final long MILLI = 1_000_000;
  private final ClientRates rates = new ClientRates();

  @Test
  void a_client_may_send_what_its_bucket_holds_and_more_when_it_refills() {
    ClientRates.Rate rate = new ClientRates.Rate(1_000, 2);

    assertThat(rates.take("a", rate, 0)).isTrue();
    assertThat(rates.take("a", rate, 0)).isTrue();
    assertThat(rates.take("a", rate, 0)).isFalse();
    assertThat(rates.take("b", rate, 0)).isTrue();
    assertThat(rates.take("a", rate, 499 * MILLI)).isFalse();
    assertThat(rates.take("a", rate, 500 * MILLI)).isTrue();
    assertThat(rates.take("a", rate, 500 * MILLI)).isFalse();
  }

  @Test
  void a_hundred_a_minute_is_the_default() {
    for (int i = 0; i < 100; i++) {
      assertThat(rates.take("a", ClientRates.Rate.DEFAULT, 0)).isTrue();
    }
    assertThat(rates.take("a", ClientRates.Rate.DEFAULT, 0)).isFalse();
  }
}
