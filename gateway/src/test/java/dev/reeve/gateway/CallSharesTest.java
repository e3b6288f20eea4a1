package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Problem;
import dev.reeve.service.Caller;
import dev.reeve.service.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who has how many calls in progress.
final class CallSharesTest {
  private static final int MAX = 20;

  private final CallShares shares = new CallShares(MAX);

  private static Caller caller(String principal, String tenant, String address) {
    return new Caller(principal, Role.USER, false, tenant, "", "reeve", "", address, "");
  }

  private static Caller stranger(int network) {
    return caller(Caller.ANONYMOUS, "default", "10.0." + network + ".1");
  }

  private long entered(int times, Caller caller) {
    return IntStream.range(0, times).filter(_ -> shares.enter(caller).isEmpty()).count();
  }

  @Test
  void one_caller_fills_its_share_from_all_its_networks_and_takes_nobody_elses() {
    assertThat(entered(MAX, caller("ann", "acme", "10.0.0.1"))).isEqualTo(MAX);

    assertThat(shares.enter(caller("ann", "acme", "10.9.0.1")).map(Problem::reason))
        .contains("CALLS_EXHAUSTED");
    assertThat(shares.enter(caller("bob", "acme", "10.0.0.1"))).isEmpty();
    assertThat(shares.enter(caller("ann", "globex", "10.0.0.1"))).isEmpty();
  }

  @Test
  void a_call_that_ends_makes_room() {
    Caller ann = caller("ann", "acme", "10.0.0.1");
    assertThat(entered(MAX, ann)).isEqualTo(MAX);

    shares.leave(ann);

    assertThat(entered(2, ann)).isEqualTo(1);
  }

  @Test
  void a_principal_of_more_tenants_has_one_share() {
    Caller first =
        new Caller(
            "ann", Role.USER, false, "acme", "", "reeve", "", "", "", List.of("acme", "globex"));
    assertThat(entered(MAX, first)).isEqualTo(MAX);

    assertThat(shares.enter(first.withTenant("globex"))).isPresent();
  }

  @Test
  void strangers_share_one_and_each_network_has_a_tenth() {
    assertThat(entered(MAX, stranger(0))).isEqualTo(MAX / 10);
    for (int network = 1; network < 10; network++) {
      assertThat(entered(MAX, stranger(network))).isEqualTo(MAX / 10);
    }

    assertThat(shares.enter(stranger(10))).isPresent();
    shares.leave(stranger(3));
    assertThat(shares.enter(stranger(10))).isEqualTo(Optional.empty());
  }
}
