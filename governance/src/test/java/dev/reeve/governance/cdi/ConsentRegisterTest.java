package dev.reeve.governance.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConsentRegisterTest {
  private static final ConsentScope WORK = new ConsentScope("acme", "alice", "action:job:run");
  private static final ConsentRegister EMPTY = ConsentRegister.of(List.of(), Set.of("admin"));

  private static ConsentSignal signal(
      ConsentSignal.Kind kind, String source, long at, long expires, ConsentScope scope) {
    return new ConsentSignal(kind, source, at, expires, scope);
  }

  private static ConsentRegister.Said said(
      ConsentSignal.Kind kind, String source, long at, long expires, ConsentScope scope) {
    return new ConsentRegister.Said(signal(kind, source, at, expires, scope), source, "", false);
  }

  private static String refusal(ConsentRegister register, String actor, long now) {
    Optional<CdiResult> refusal = register.consent().refusal(actor, WORK, now);
    return refusal.flatMap(CdiResult::refusal).map(code -> code.reason()).orElse("");
  }

  @Test
  void a_pause_does_not_replace_a_stop() {
    ConsentRegister register =
        EMPTY
            .with(said(ConsentSignal.Kind.STOP, "admin", 1, 0, ConsentScope.ALL))
            .with(said(ConsentSignal.Kind.PAUSE, "admin", 2, 0, ConsentScope.ALL));

    assertThat(refusal(register, "alice", 3)).isEqualTo("CONSENT_STOP_ACTIVE");
  }

  @Test
  void what_expires_earlier_shortens_nothing() {
    ConsentRegister register =
        EMPTY
            .with(said(ConsentSignal.Kind.STOP, "admin", 1, 0, ConsentScope.ALL))
            .with(said(ConsentSignal.Kind.STOP, "admin", 2, 10, ConsentScope.ALL));

    assertThat(refusal(register, "alice", 100)).isEqualTo("CONSENT_STOP_ACTIVE");
  }

  @Test
  void a_signal_ends_at_its_time() {
    ConsentRegister register =
        EMPTY.with(said(ConsentSignal.Kind.PAUSE, "alice", 1, 10, ConsentScope.ALL));

    assertThat(refusal(register, "alice", 9)).isEqualTo("CONSENT_NOT_GRANTED");
    assertThat(refusal(register, "alice", 10)).isEmpty();
    assertThat(register.current(10)).isEmpty();
  }

  @Test
  void a_resume_takes_back_what_its_source_said_within_its_scope_and_nothing_more() {
    ConsentScope tenant = new ConsentScope("acme", "", "");
    ConsentScope action = new ConsentScope("acme", "", "action:job:*");
    ConsentRegister register =
        EMPTY
            .with(said(ConsentSignal.Kind.STOP, "admin", 1, 0, action))
            .with(said(ConsentSignal.Kind.STOP, "admin", 1, 0, ConsentScope.ALL))
            .with(said(ConsentSignal.Kind.STOP, "alice", 1, 0, tenant));

    ConsentRegister.Said resume = said(ConsentSignal.Kind.RESUME, "admin", 2, 0, tenant);
    List<ConsentRegister.Said> lifted = register.liftedBy(resume);

    assertThat(lifted).extracting(one -> one.signal().scope()).containsExactly(action);
    assertThat(register.without(lifted, 2).said()).hasSize(2);
  }

  @Test
  void consent_race_a_stop_that_is_said_after_a_resume_stands() {
    ConsentRegister register =
        EMPTY.with(said(ConsentSignal.Kind.STOP, "admin", 5, 0, ConsentScope.ALL));

    ConsentRegister.Said late = said(ConsentSignal.Kind.RESUME, "admin", 4, 0, ConsentScope.ALL);

    assertThat(register.liftedBy(late)).isEmpty();
  }

  @Test
  void denial_of_service_by_pause_nobody_but_an_anchor_halts_others() {
    ConsentRegister register =
        EMPTY.with(said(ConsentSignal.Kind.PAUSE, "mallory", 1, 0, ConsentScope.ALL));

    assertThat(refusal(register, "alice", 2)).isEmpty();
    assertThat(refusal(register, "mallory", 2)).isEqualTo("CONSENT_NOT_GRANTED");
  }

  @Test
  void an_anchor_halts_within_its_scope_alone() {
    ConsentScope other = new ConsentScope("globex", "", "");
    ConsentRegister register = EMPTY.with(said(ConsentSignal.Kind.STOP, "admin", 1, 0, other));

    assertThat(refusal(register, "alice", 2)).isEmpty();
  }

  @Test
  void what_the_operator_said_the_operator_alone_takes_back() {
    ConsentScope tenant = new ConsentScope("acme", "", "");
    ConsentRegister.Said byAdmin = said(ConsentSignal.Kind.STOP, "admin", 1, 0, tenant);
    ConsentRegister register =
        EMPTY.with(ofOperator(byAdmin)).with(said(ConsentSignal.Kind.STOP, "admin", 2, 5, tenant));
    ConsentRegister.Said resume = said(ConsentSignal.Kind.RESUME, "admin", 3, 0, tenant);

    List<ConsentRegister.Said> lifted = register.liftedBy(resume);

    assertThat(lifted).extracting(ConsentRegister.Said::byOperator).containsExactly(false);
    assertThat(refusal(register.without(lifted, 3), "alice", 9)).isEqualTo("CONSENT_STOP_ACTIVE");
    assertThat(register.liftedBy(ofOperator(resume))).hasSize(2);
  }

  private static ConsentRegister.Said ofOperator(ConsentRegister.Said said) {
    return new ConsentRegister.Said(said.signal(), said.by(), said.evidence(), true);
  }
}
