package dev.reeve.routing;

/// How one provider stood when the decision was made.
///
/// @param weight its share of the draw
/// @param score 0 to 1, more is better; 0 unless the policy scores
/// @param chosen whether it is the one
public record CandidateVerdict(
    String providerId,
    Verdict verdict,
    double weight,
    long expectedLatencyMs,
    double expectedCost,
    double score,
    BreakerState breaker,
    boolean chosen) {}
