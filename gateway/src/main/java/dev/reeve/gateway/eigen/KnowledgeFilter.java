package dev.reeve.gateway.eigen;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.service.knowledge.KnowledgeItem;
import dev.reeve.service.knowledge.KnowledgeProblems;
import dev.reeve.wire.eigen.api.v1.QueryFilter;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a query asks for: fields that are set must all hold. A page token goes on where its own
/// query ended and with no other.
final class KnowledgeFilter {
  private static final int PAGE_DEFAULT = 100;
  private static final int PAGE_MAX = 1_000;
  private static final int DIGEST_DIGITS = 12;
  private static final Pattern TOKEN = Pattern.compile("(\\d{1,18})-([0-9a-f]{12})");

  private KnowledgeFilter() {}

  /// @throws dev.reeve.base.ProblemException `KNOWLEDGE_INVALID`
  static Predicate<KnowledgeItem> records(QueryFilter filter) {
    Violations violations = new Violations(KnowledgeProblems.KNOWLEDGE_INVALID);
    int least = filter.getMinQubitCount();
    int most = filter.getMaxQubitCount();
    if (least < 0 || most < 0 || (most != 0 && most < least)) {
      violations.wrong(
          "filter.max_qubit_count", least + " to " + most, "0 for any, else at least the minimum");
    }
    double low = filter.getMinEntanglementScore();
    double high = filter.getMaxEntanglementScore();
    if (!(low >= 0 && high >= 0 && (high == 0 || high >= low))) {
      violations.wrong(
          "filter.max_entanglement_score",
          low + " to " + high,
          "0 for any, else at least the minimum");
    }
    long after =
        filter.hasCreatedAfter()
            ? KnowledgeCodec.micros("filter.created_after", filter.getCreatedAfter(), violations)
            : Long.MIN_VALUE;
    long before =
        filter.hasCreatedBefore()
            ? KnowledgeCodec.micros("filter.created_before", filter.getCreatedBefore(), violations)
            : Long.MAX_VALUE;
    violations.refuseIfAny();
    return item ->
        item.qubits() >= least
            && (most == 0 || item.qubits() <= most)
            && item.entanglement() >= low
            && (high == 0 || item.entanglement() <= high)
            && item.atMicros() > after
            && item.atMicros() < before
            && is(item.text("noise_profile_id"), filter.getNoiseProfileId())
            && is(item.text("backend_class"), filter.getBackendClass())
            && is(item.text("optimizer_version"), filter.getOptimizerVersion())
            && is(item.facts().getOrDefault("trace_id", ""), filter.getTraceId())
            && is(item.text("lineage.model_version"), filter.getModelVersion());
  }

  static Predicate<KnowledgeItem> decisions(String traceId, String modelVersion) {
    return item ->
        is(item.text("trace_id"), traceId) && is(item.text("model_version"), modelVersion);
  }

  private static boolean is(String text, String wanted) {
    return wanted.isEmpty() || text.equals(wanted);
  }

  /// Items of a page.
  ///
  /// @param size 0 when not said; unsigned, so what does not fit is larger than any bound
  static int size(int size) {
    return size == 0 ? PAGE_DEFAULT : size < 0 ? PAGE_MAX : Math.min(size, PAGE_MAX);
  }

  /// The token of the page after a sequence.
  ///
  /// @param query the query without its page, as bytes
  static String token(long sequence, byte[] query) {
    return sequence + "-" + digest(query);
  }

  /// The sequence after which a page begins; 0 for the first.
  ///
  /// @throws dev.reeve.base.ProblemException `KNOWLEDGE_INVALID` for a token of another query
  static long after(String token, byte[] query) {
    if (token.isEmpty()) {
      return 0;
    }
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches() || !parts.group(2).equals(digest(query))) {
      throw KnowledgeProblems.KNOWLEDGE_INVALID
          .field("page_token", token, "next_page_token of the same query")
          .toException();
    }
    return Long.parseLong(parts.group(1));
  }

  private static String digest(byte[] query) {
    return Sha256.of(Bytes.wrap(query)).hex().substring(0, DIGEST_DIGITS);
  }
}
