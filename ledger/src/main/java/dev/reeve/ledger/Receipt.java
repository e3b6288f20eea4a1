package dev.reeve.ledger;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;

/// What was decided, about what, by which rule: a [Leaf] before it has a place in the log.
///
/// Empty text and empty bytes mean that there is none of it; such members are left out of the leaf.
/// Made on the caller's thread, placed by the writer.
///
/// @param tenant whose data it is about
/// @param job id of the job it is about
/// @param actor principal who asked
/// @param action what was asked, such as `job.submit`; never empty
/// @param decision answer as a lower-case word, such as `allow`; never empty
/// @param rule id of the rule that decided
/// @param reason words shown to people
/// @param snapshot id of the policy that decided
/// @param genome id of the genome in force
/// @param input commitment to what was received, see [SaltedCommitment]
/// @param output commitment to what was answered, see [SaltedCommitment]
public record Receipt(
    String tenant,
    String job,
    String actor,
    String action,
    String decision,
    String rule,
    String reason,
    String snapshot,
    String genome,
    Bytes input,
    Bytes output) {
  /// Longest text of a member, in UTF-16 units. Edges cut what people write before it comes here.
  public static final int TEXT_LENGTH_MAX = 4096;

  public Receipt {
    checkLength("tenant", tenant);
    checkLength("job", job);
    checkLength("actor", actor);
    checkLength("action", action);
    checkLength("rule", rule);
    checkLength("reason", reason);
    checkLength("snapshot", snapshot);
    checkLength("genome", genome);
    checkCommitment("input", input);
    checkCommitment("output", output);
    Check.argument(!action.isEmpty(), "action: empty (expected: a name)");
    Check.argument(
        isLowerSnake(decision), "decision: %s (expected: a word in lower case)", decision);
  }

  /// A receipt about nothing in particular; say more with the `with` methods.
  public static Receipt of(String action, String decision) {
    return new Receipt("", "", "", action, decision, "", "", "", "", Bytes.EMPTY, Bytes.EMPTY);
  }

  /// The same decision, about this tenant and job, asked by this principal.
  public Receipt withSubject(String aboutTenant, String aboutJob, String byActor) {
    return new Receipt(
        aboutTenant,
        aboutJob,
        byActor,
        action,
        decision,
        rule,
        reason,
        snapshot,
        genome,
        input,
        output);
  }

  /// The same decision, made by this rule of this policy, in these words.
  public Receipt withRule(String ruleId, String words, String policySnapshot) {
    return new Receipt(
        tenant, job, actor, action, decision, ruleId, words, policySnapshot, genome, input, output);
  }

  /// The same decision, under this genome.
  public Receipt withGenome(String genomeId) {
    return new Receipt(
        tenant, job, actor, action, decision, rule, reason, snapshot, genomeId, input, output);
  }

  /// The same decision, with a commitment to what was received.
  public Receipt withInput(Bytes commitment) {
    return new Receipt(
        tenant, job, actor, action, decision, rule, reason, snapshot, genome, commitment, output);
  }

  /// The same decision, with a commitment to what was answered.
  public Receipt withOutput(Bytes commitment) {
    return new Receipt(
        tenant, job, actor, action, decision, rule, reason, snapshot, genome, input, commitment);
  }

  private static void checkLength(String name, String value) {
    Check.argument(
        value.length() <= TEXT_LENGTH_MAX,
        "%s: %s characters (expected: at most %s)",
        name,
        value.length(),
        TEXT_LENGTH_MAX);
  }

  private static void checkCommitment(String name, Bytes value) {
    Check.argument(
        value.isEmpty() || value.size() == Sha256.LENGTH,
        "%s: %s bytes (expected: none or 32)",
        name,
        value.size());
  }

  private static boolean isLowerSnake(String word) {
    if (word.isEmpty() || word.length() > 64 || word.charAt(0) < 'a' || word.charAt(0) > 'z') {
      return false;
    }
    for (int i = 1; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_') {
        return false;
      }
    }
    return true;
  }
}
