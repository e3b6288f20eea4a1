package dev.reeve.service.decider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Problem;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.service.decider.CircuitBreaker.State;
import dev.reeve.service.decider.DeciderStatus.Outcome;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyChainTest {
  private static final PolicyDecision ALLOW =
      new PolicyDecision(Decision.ALLOW, "", "ours", "snap");
  private static final PolicyInput ACME = PolicyInput.of("acme", "job.a");
  private static final PolicyInput BANK = PolicyInput.of("bank", "job.a");
  private static final FailModes BY_TENANT =
      new FailModes(FailMode.CLOSED, Map.of("acme", FailMode.OPEN));

  private final FakeClock clock = new FakeClock();
  private int asked;
  private DeciderAnswer<PolicyDecision> answer =
      new DeciderAnswer.Decided<>(new PolicyDecision(Decision.DENY, "no", "r", "s"));
  private final PolicyChain chain = chain(BY_TENANT);

  @Test
  void without_another_decider_ours_holds() {
    assertThat(PolicyChain.OURS_ALONE.asksAfter(ALLOW)).isFalse();
    assertThat(PolicyChain.OURS_ALONE.decide(ALLOW, ACME)).isEqualTo(new Ruling.Decided(ALLOW));
    assertThat(PolicyChain.OURS_ALONE.statuses()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Decision.class,
      names = {"DENY", "THROTTLE"})
  void nobody_else_is_asked_when_ours_is_a_no(Decision no) {
    PolicyDecision ours = new PolicyDecision(no, "no", "ours", "snap");

    assertThat(chain.asksAfter(ours)).isFalse();
    assertThat(chain.decide(ours, ACME)).isEqualTo(new Ruling.Decided(ours));
    assertThat(asked).isZero();
  }

  @Test
  void the_stricter_of_both_holds() {
    assertThat(chain.asksAfter(ALLOW)).isTrue();
    assertThat(chain.decide(ALLOW, BANK))
        .isInstanceOfSatisfying(
            Ruling.Decided.class,
            ruling -> assertThat(ruling.decision().decision()).isEqualTo(Decision.DENY));
  }

  @Test
  void an_outage_follows_the_fail_mode_of_the_tenant() {
    answer = new DeciderAnswer.Outage<>("connection refused");

    assertThat(chain.decide(ALLOW, ACME))
        .isEqualTo(new Ruling.Bypassed(ALLOW, "safety_kernel", "connection refused"));
    Problem problem = ((Ruling.Undecided) chain.decide(ALLOW, BANK)).problem();
    assertThat(problem.reason()).isEqualTo("DECIDER_UNAVAILABLE");
    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(problem.message()).doesNotContain("connection refused");
  }

  @Test
  void a_caller_cannot_choose_to_go_on_without_the_decider() {
    Problem gone = DeciderProblems.DECIDER_OUT_OF_TIME.because("too late");
    answer = new DeciderAnswer.Withdrawn<>(gone);

    for (int i = 0; i < 5; i++) {
      assertThat(chain.decide(ALLOW, ACME)).isEqualTo(new Ruling.Undecided(gone));
    }

    assertThat(chain.statuses().getFirst().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void after_three_outages_it_is_not_asked_for_thirty_seconds_and_then_tried() {
    answer = new DeciderAnswer.Outage<>("slow");
    for (int i = 0; i < 5; i++) {
      chain.decide(ALLOW, BANK);
    }

    assertThat(asked).isEqualTo(3);
    DeciderStatus open = chain.statuses().getFirst();
    assertThat(open.state()).isEqualTo(State.OPEN);
    assertThat(open.isWell()).isFalse();
    assertThat(open.trouble())
        .isEqualTo("decider safety_kernel at kernel:50051 is not asked after: slow");
    assertThat(open.calls())
        .containsEntry(Outcome.FAILED, 3L)
        .containsEntry(Outcome.TURNED_AWAY, 2L);

    clock.advance(Duration.ofSeconds(30));
    answer = new DeciderAnswer.Decided<>(ALLOW);
    chain.decide(ALLOW, BANK);
    assertThat(chain.statuses().getFirst().state()).isEqualTo(State.HALF_OPEN);
    chain.decide(ALLOW, BANK);

    DeciderStatus closed = chain.statuses().getFirst();
    assertThat(closed.state()).isEqualTo(State.CLOSED);
    assertThat(closed.isWell()).isTrue();
    assertThat(closed.lastFailure()).isEmpty();
  }

  @Test
  void too_many_at_once_are_refused_whatever_the_fail_mode() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    PolicyChain narrow =
        PolicyChain.then(
            link(1),
            _ -> {
              inside.countDown();
              awaitQuietly(leave);
              return new DeciderAnswer.Decided<>(ALLOW);
            },
            FailModes.all(FailMode.OPEN));

    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Ruling> first = pool.submit(() -> narrow.decide(ALLOW, ACME));
      inside.await();

      assertThat(narrow.decide(ALLOW, ACME))
          .isInstanceOfSatisfying(
              Ruling.Undecided.class,
              ruling -> assertThat(ruling.problem().reason()).isEqualTo("DECIDER_BUSY"));
      leave.countDown();
      assertThat(first.get()).isInstanceOf(Ruling.Decided.class);
    }
    assertThat(narrow.decide(ALLOW, ACME)).isInstanceOf(Ruling.Decided.class);
  }

  @Test
  void a_defect_of_the_adapter_is_never_a_yes_and_keeps_no_place() {
    PolicyChain broken =
        PolicyChain.then(
            link(1),
            _ -> {
              throw new IllegalStateException("defect");
            },
            FailModes.all(FailMode.OPEN));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> broken.decide(ALLOW, ACME)).hasMessage("defect");
    }
  }

  private PolicyChain chain(FailModes failModes) {
    return PolicyChain.then(
        link(10),
        _ -> {
          asked++;
          return answer;
        },
        failModes);
  }

  private DeciderLink link(int callsMax) {
    return new DeciderLink(
        "safety_kernel",
        "kernel:50051",
        new CircuitBreaker(CircuitBreaker.Settings.STANDARD, clock::nanoTime),
        callsMax,
        Duration.ZERO,
        clock::nanoTime);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
