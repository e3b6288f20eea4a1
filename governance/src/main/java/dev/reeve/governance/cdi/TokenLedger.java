package dev.reeve.governance.cdi;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Spends the tokens of one mint, each at most once, in any order and on any thread, without locks.
///
/// What is remembered is bounded: one bit for each of the newest four million tokens, so longer
/// than they are valid, and an owner's stop until the tokens before it have expired.
public final class TokenLedger {
  private static final long KEPT_MICROS = 2 * TokenMint.TTL.toNanos() / 1_000;
  private static final int OWNERS_MAX = 4_096;

  /// @param upTo number of the newest token that it takes back
  private record Revoked(long upTo, long atMicros) {
    Revoked and(Revoked other) {
      return new Revoked(Math.max(upTo, other.upTo), Math.max(atMicros, other.atMicros));
    }
  }

  private final TokenMint mint;
  private final SpentTokens spent = new SpentTokens();
  private final Map<String, Revoked> revoked = new ConcurrentHashMap<>();
  private final AtomicLong allRevokedUpTo = new AtomicLong();

  /// @param mint whose tokens are spent
  public TokenLedger(TokenMint mint) {
    this.mint = mint;
  }

  /// Spends a token for an action. The checks, in this order: key, signature, expiry, uses, action,
  /// actor and call.
  ///
  /// @param context the call as it is
  /// @return why it is not spent; empty when it is
  public Optional<Problem> spend(
      CapabilityToken token,
      String actionId,
      String actor,
      CapabilityToken.Context context,
      long nowMicros) {
    if (!isOfThisBoot(token)) {
      return otherBoot();
    }
    return mint.isGenuine(token)
        ? spendGenuine(token, actionId, actor, context, nowMicros)
        : bypass("signature", "not the one it was made with");
  }

  /// Spends a token that never left the process: the same checks but for the signature. For whoever
  /// kept it since it was made, and for nobody who got it from outside.
  public Optional<Problem> spendHeld(
      CapabilityToken token,
      String actionId,
      String actor,
      CapabilityToken.Context context,
      long nowMicros) {
    return isOfThisBoot(token)
        ? spendGenuine(token, actionId, actor, context, nowMicros)
        : otherBoot();
  }

  private Optional<Problem> spendGenuine(
      CapabilityToken token,
      String actionId,
      String actor,
      CapabilityToken.Context context,
      long nowMicros) {
    if (nowMicros >= token.expiresAtMicros()) {
      return refused(CdiProblems.TOKEN_EXPIRED, "expiry", "over");
    }
    long number = TokenMint.number(token);
    if (token.useCount() >= token.maxUse() || spent.isSpent(number)) {
      return replayed();
    }
    if (!token.actionId().equals(actionId)) {
      return bypass("action", "made for another action");
    }
    if (!token.actor().equals(actor)) {
      return bypass("actor", "made for somebody else");
    }
    if (!token.context().equals(context)) {
      return bypass("context", "made for another call or request");
    }
    if (isRevoked(number, actor)) {
      return refused(CdiProblems.CONSENT_STOP_ACTIVE, "consent", "taken back by a stop");
    }
    return spent.spend(number) ? Optional.empty() : replayed();
  }

  /// Takes back every token that an owner has not spent yet, because they said stop.
  public void revoke(String owner, long nowMicros) {
    revoked.values().removeIf(old -> nowMicros - old.atMicros() > KEPT_MICROS);
    if (revoked.size() >= OWNERS_MAX && !revoked.containsKey(owner)) {
      revokeAll();
      return;
    }
    revoked.merge(owner, new Revoked(mint.newest(), nowMicros), Revoked::and);
  }

  /// Takes back every token that is not spent yet, because an anchor said stop.
  public void revokeAll() {
    allRevokedUpTo.accumulateAndGet(mint.newest(), Math::max);
  }

  private boolean isOfThisBoot(CapabilityToken token) {
    return token.bootKeyId().equals(mint.bootKeyId());
  }

  private static Optional<Problem> otherBoot() {
    return bypass("session", "made before the last start, or elsewhere");
  }

  private boolean isRevoked(long number, String actor) {
    if (number <= allRevokedUpTo.get()) {
      return true;
    }
    Revoked of = revoked.get(actor);
    return of != null && number <= of.upTo();
  }

  private static Optional<Problem> replayed() {
    return refused(CdiProblems.TOKEN_REPLAYED, "uses", "spent before");
  }

  private static Optional<Problem> bypass(String check, String what) {
    return refused(CdiProblems.ACTION_GATE_BYPASS_ATTEMPT, check, what);
  }

  private static Optional<Problem> refused(ProblemCode code, String check, String what) {
    return Optional.of(code.because("token: " + what).with("check", check));
  }
}
