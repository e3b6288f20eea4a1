package dev.reeve.governance.cdi;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import java.util.Optional;

/// Spends the tokens of one mint, each at most once, in any order and on any thread, without locks.
///
/// What is remembered is bounded: one bit for each of the newest four million tokens, so longer
/// than they are valid. What was said since a token was made is asked of the consent in force.
public final class TokenLedger {
  private final TokenMint mint;
  private final SpentTokens spent = new SpentTokens();

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
    return spent.spend(number) ? Optional.empty() : replayed();
  }

  private boolean isOfThisBoot(CapabilityToken token) {
    return token.bootKeyId().equals(mint.bootKeyId());
  }

  private static Optional<Problem> otherBoot() {
    return bypass("session", "made before the last start, or elsewhere");
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
