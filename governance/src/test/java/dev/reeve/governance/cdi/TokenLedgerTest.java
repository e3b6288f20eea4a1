package dev.reeve.governance.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenLedgerTest {
  private static final long NOW = 1_000_000_000L;
  private static final long MINUTE = 60_000_000L;
  private static final CapabilityToken.Context CALL =
      new CapabilityToken.Context("/mathison.MathisonService/RunJob", "POST", "ab12");

  private final TokenMint mint = new TokenMint(new SplittableRandom(7));
  private final TokenLedger ledger = new TokenLedger(mint);

  private CapabilityToken token() {
    return mint.mint("action:job:run", "alice", CALL, NOW);
  }

  private Optional<String> spend(CapabilityToken token, long now) {
    return ledger.spend(token, "action:job:run", "alice", CALL, now).map(Problem::reason);
  }

  @Test
  void a_token_has_the_members_of_the_contract_and_is_good_for_a_minute() {
    CapabilityToken token = token();

    assertThat(token.tokenId()).matches("[0-9a-f]{32}");
    assertThat(token.bootKeyId()).matches("[0-9a-f]{16}");
    assertThat(token.signature().size()).isEqualTo(32);
    assertThat(token.maxUse()).isOne();
    assertThat(token.useCount()).isZero();
    assertThat(token.expiresAtMicros() - token.issuedAtMicros()).isEqualTo(MINUTE);
    assertThat(token.signedBytes().utf8())
        .isEqualTo(
            "{\"action_id\":\"action:job:run\",\"actor\":\"alice\",\"boot_key_id\":\""
                + token.bootKeyId()
                + "\",\"context\":{\"method\":\"POST\",\"request_hash\":\"ab12\","
                + "\"route\":\"/mathison.MathisonService/RunJob\"},\"expires_at\":1060000000,"
                + "\"issued_at\":1000000000,\"max_use\":1,\"token_id\":\""
                + token.tokenId()
                + "\",\"use_count\":0}");
  }

  @Test
  void it_is_spent_once() {
    CapabilityToken token = token();

    assertThat(spend(token, NOW + 1)).isEmpty();
    assertThat(spend(token, NOW + 2)).contains("TOKEN_REPLAYED");
    assertThat(spend(token(), NOW + 2)).isEmpty();
  }

  @Test
  void it_ends_after_a_minute_and_stays_ended_however_long_its_replay_waits() {
    CapabilityToken unspent = token();
    CapabilityToken spent = token();

    assertThat(spend(spent, NOW + MINUTE - 1)).isEmpty();
    assertThat(spend(unspent, NOW + MINUTE)).contains("TOKEN_EXPIRED");
    assertThat(spend(spent, NOW + 10 * MINUTE)).contains("TOKEN_EXPIRED");
    assertThat(spend(spent, NOW)).contains("TOKEN_REPLAYED");
  }

  @ParameterizedTest
  @CsvSource({
    "action:job:resume, alice, /mathison.MathisonService/RunJob, ab12, action",
    "action:job:run, mallory, /mathison.MathisonService/RunJob, ab12, actor",
    "action:job:run, alice, /mathison.MathisonService/ResumeJob, ab12, context",
    "action:job:run, alice, /mathison.MathisonService/RunJob, ab13, context",
    "action:job:resume, mallory, /x/Y, 00, action",
  })
  void it_fits_one_action_of_one_actor_in_one_call(
      String action, String actor, String route, String hash, String check) {
    CapabilityToken token = token();

    Problem refusal =
        ledger
            .spend(token, action, actor, new CapabilityToken.Context(route, "POST", hash), NOW)
            .orElseThrow();

    assertThat(refusal.reason()).isEqualTo("ACTION_GATE_BYPASS_ATTEMPT");
    assertThat(refusal.metadata()).containsEntry("check", check);
    assertThat(spend(token, NOW)).isEmpty();
  }

  @Test
  void a_token_of_another_start_is_refused_before_anything_else() {
    TokenMint later = new TokenMint(new SplittableRandom(8));
    CapabilityToken token = later.mint("action:other", "mallory", CALL, NOW - 2 * MINUTE);

    Problem refusal = ledger.spend(token, "action:job:run", "alice", CALL, NOW).orElseThrow();

    assertThat(refusal.reason()).isEqualTo("ACTION_GATE_BYPASS_ATTEMPT");
    assertThat(refusal.metadata()).containsEntry("check", "session");
  }

  @Test
  void a_token_that_stays_in_the_process_is_spent_once_there_and_never_elsewhere() {
    CapabilityToken held = mint.hold("action:job:run", "alice", CALL, NOW);

    Problem outside = ledger.spend(held, "action:job:run", "alice", CALL, NOW).orElseThrow();
    assertThat(outside.metadata()).containsEntry("check", "signature");
    assertThat(ledger.spendHeld(held, "action:job:run", "alice", CALL, NOW)).isEmpty();
    assertThat(ledger.spendHeld(held, "action:job:run", "alice", CALL, NOW).map(Problem::reason))
        .contains("TOKEN_REPLAYED");
  }

  @Test
  void no_member_can_be_changed() {
    CapabilityToken good = token();
    CapabilityToken.Context other = new CapabilityToken.Context("/x/Y", "POST", "ab12");
    List<CapabilityToken> forged =
        List.of(
            changed(good, "0".repeat(32), "action:job:run", "alice", CALL, NOW, 1, 0),
            changed(good, good.tokenId(), "action:x:y", "alice", CALL, NOW, 1, 0),
            changed(good, good.tokenId(), "action:job:run", "mallory", CALL, NOW, 1, 0),
            changed(good, good.tokenId(), "action:job:run", "alice", other, NOW, 1, 0),
            changed(good, good.tokenId(), "action:job:run", "alice", CALL, NOW + 1, 1, 0),
            changed(good, good.tokenId(), "action:job:run", "alice", CALL, NOW, 9, 0),
            changed(good, good.tokenId(), "action:job:run", "alice", CALL, NOW, 1, -1),
            good.signed(Bytes.EMPTY));

    for (CapabilityToken token : forged) {
      Problem refusal =
          ledger.spend(token, token.actionId(), token.actor(), token.context(), NOW).orElseThrow();
      assertThat(refusal.reason()).isEqualTo("ACTION_GATE_BYPASS_ATTEMPT");
      assertThat(refusal.metadata()).containsEntry("check", "signature");
    }
    assertThat(spend(good, NOW)).isEmpty();
  }

  private static CapabilityToken changed(
      CapabilityToken good,
      String id,
      String action,
      String actor,
      CapabilityToken.Context context,
      long issued,
      int maxUse,
      int useCount) {
    return new CapabilityToken(
        id,
        action,
        actor,
        context,
        issued,
        good.expiresAtMicros(),
        maxUse,
        useCount,
        good.bootKeyId(),
        good.signature());
  }

  @Test
  void what_the_ledger_can_no_longer_tell_counts_as_spent() {
    SpentTokens spent = new SpentTokens();

    assertThat(spent.spend(5)).isTrue();
    assertThat(spent.spend(5L + SpentTokens.NUMBERS)).isTrue();

    assertThat(spent.spend(5)).isFalse();
    assertThat(spent.spend(6)).isFalse();
    assertThat(spent.spend(6L + SpentTokens.NUMBERS)).isTrue();
    assertThat(spent.spend(31L + SpentTokens.NUMBERS)).isTrue();
    assertThat(spent.spend(31L + SpentTokens.NUMBERS)).isFalse();
  }

  @Test
  void of_a_thousand_threads_that_spend_one_token_one_wins() throws InterruptedException {
    CapabilityToken token = token();
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger won = new AtomicInteger();
    AtomicInteger replayed = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                awaitQuietly(go);
                spend(token, NOW)
                    .ifPresentOrElse(
                        reason -> {
                          if (reason.equals("TOKEN_REPLAYED")) {
                            replayed.incrementAndGet();
                          }
                        },
                        won::incrementAndGet);
              }));
    }

    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(won).hasValue(1);
    assertThat(replayed).hasValue(999);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
