package dev.reeve.routing;

/// How much a policy's pipeline of extensions costs, for operators.
///
/// @param score 0 to 100
/// @param level `low`, `medium`, `high` or `very_high`
/// @param latencyMs what the extensions are thought to add
public record PolicyComplexity(
    int total, int pre, int validators, int post, int score, String level, long latencyMs) {
  /// What is recommended per kind, and in all.
  public static final int RECOMMENDED_PER_TYPE = 2;

  public static final int RECOMMENDED_TOTAL = 4;
  private static final int LATENCY_MS = 30;

  static PolicyComplexity of(int pre, int validators, int post) {
    int total = pre + validators + post;
    int more = Math.max(0, total - RECOMMENDED_TOTAL);
    int score =
        total <= RECOMMENDED_TOTAL
            ? total * 60 / RECOMMENDED_TOTAL
            : 60 + Math.min(20, more * 5) + Math.min(20, more * 4);
    score += 5 * (over(pre) + over(validators) + over(post));
    score = Math.min(100, score);
    return new PolicyComplexity(
        total, pre, validators, post, score, level(score), (long) LATENCY_MS * total);
  }

  private static int over(int count) {
    return count > RECOMMENDED_PER_TYPE ? 1 : 0;
  }

  private static String level(int score) {
    if (score < 30) {
      return "low";
    }
    return score < 60 ? "medium" : score < 80 ? "high" : "very_high";
  }
}
