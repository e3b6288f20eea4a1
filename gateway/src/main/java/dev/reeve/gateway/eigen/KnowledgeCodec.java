package dev.reeve.gateway.eigen;

import com.google.protobuf.Timestamp;
import dev.reeve.base.Text;
import dev.reeve.service.Times;
import dev.reeve.service.knowledge.KnowledgeItem;
import dev.reeve.service.knowledge.KnowledgeItem.Kind;
import dev.reeve.service.knowledge.KnowledgeProblems;
import dev.reeve.wire.eigen.api.v1.DecisionLog;
import dev.reeve.wire.eigen.api.v1.KnowledgeRecord;
import dev.reeve.wire.eigen.api.v1.ModelLineage;
import dev.reeve.wire.eigen.api.v1.RecordProvenance;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Records and decisions of the knowledge base, to and from their messages.
final class KnowledgeCodec {
  private static final int TEXT_LENGTH_MAX = 1_024;
  private static final int FACTS_MAX = 64;
  private static final int QUBITS_MAX = 1_000_000;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,255}");

  private KnowledgeCodec() {}

  /// @param nowMicros for a record that does not say when it was made
  /// @throws dev.reeve.base.ProblemException `KNOWLEDGE_INVALID` with every field at fault
  static KnowledgeItem record(KnowledgeRecord record, long nowMicros) {
    Violations violations = new Violations(KnowledgeProblems.KNOWLEDGE_INVALID);
    SortedMap<String, String> texts = new TreeMap<>();
    put(texts, "job_id", record.getJobId(), violations);
    put(texts, "circuit_id", record.getCircuitId(), violations);
    put(texts, "artifact_ref", record.getArtifactRef(), violations);
    put(texts, "dataset_ref", record.getDatasetRef(), violations);
    put(texts, "backend_profile", record.getBackendProfile(), violations);
    put(texts, "optimizer_version", record.getOptimizerVersion(), violations);
    put(texts, "noise_profile_id", record.getNoiseProfileId(), violations);
    put(texts, "backend_class", record.getBackendClass(), violations);
    RecordProvenance provenance = record.getProvenance();
    put(texts, "provenance.compiler_ref", provenance.getCompilerRef(), violations);
    put(texts, "provenance.optimizer_ref", provenance.getOptimizerRef(), violations);
    put(texts, "provenance.runtime_ref", provenance.getRuntimeRef(), violations);
    put(texts, "provenance.checkpoint_ref", provenance.getCheckpointRef(), violations);
    ModelLineage lineage = record.getLineage();
    put(texts, "lineage.model_version", lineage.getModelVersion(), violations);
    put(texts, "lineage.training_set_hash", lineage.getTrainingSetHash(), violations);
    put(texts, "lineage.evaluation_bundle_hash", lineage.getEvaluationBundleHash(), violations);
    put(texts, "lineage.promotion_policy_version", lineage.getPromotionPolicyVersion(), violations);
    put(texts, "lineage.promotion_outcome", lineage.getPromotionOutcome(), violations);
    requireId("record.record_id", record.getRecordId(), violations);
    requireFacts("record.attributes", record.getAttributesMap(), violations);
    if (record.getQubitCount() < 0 || record.getQubitCount() > QUBITS_MAX) {
      violations.wrong("record.qubit_count", record.getQubitCount(), "0 to " + QUBITS_MAX);
    }
    if (!Double.isFinite(record.getEntanglementScore()) || record.getEntanglementScore() < 0) {
      violations.wrong(
          "record.entanglement_score",
          Double.toString(record.getEntanglementScore()),
          "a finite number, 0 or more");
    }
    long at =
        record.hasCreatedAt()
            ? micros("record.created_at", record.getCreatedAt(), violations)
            : nowMicros;
    violations.refuseIfAny();
    return new KnowledgeItem(
        Kind.RECORD,
        record.getRecordId(),
        texts,
        new TreeMap<>(record.getAttributesMap()),
        record.getQubitCount(),
        record.getEntanglementScore(),
        false,
        at);
  }

  /// @param nowMicros for a decision that does not say when it was made
  /// @throws dev.reeve.base.ProblemException `KNOWLEDGE_INVALID` with every field at fault
  static KnowledgeItem decision(DecisionLog decision, long nowMicros) {
    Violations violations = new Violations(KnowledgeProblems.KNOWLEDGE_INVALID);
    SortedMap<String, String> texts = new TreeMap<>();
    put(texts, "trace_id", decision.getTraceId(), violations);
    put(texts, "model_version", decision.getModelVersion(), violations);
    put(texts, "component", decision.getComponent(), violations);
    put(texts, "policy_branch", decision.getPolicyBranch(), violations);
    put(texts, "selected_action", decision.getSelectedAction(), violations);
    requireId("decision_log.decision_id", decision.getDecisionId(), violations);
    if (decision.getTraceId().isEmpty()) {
      violations.missing("decision_log.trace_id", "the trace that the decision belongs to");
    }
    requireFacts("decision_log.feature_snapshot", decision.getFeatureSnapshotMap(), violations);
    long at =
        decision.hasDecidedAt()
            ? micros("decision_log.decided_at", decision.getDecidedAt(), violations)
            : nowMicros;
    violations.refuseIfAny();
    return new KnowledgeItem(
        Kind.DECISION,
        decision.getDecisionId(),
        texts,
        new TreeMap<>(decision.getFeatureSnapshotMap()),
        0,
        0,
        decision.getFallbackUsed(),
        at);
  }

  static KnowledgeRecord record(KnowledgeItem item) {
    return KnowledgeRecord.newBuilder()
        .setRecordId(item.id())
        .setJobId(item.text("job_id"))
        .setCircuitId(item.text("circuit_id"))
        .setArtifactRef(item.text("artifact_ref"))
        .setDatasetRef(item.text("dataset_ref"))
        .setBackendProfile(item.text("backend_profile"))
        .setOptimizerVersion(item.text("optimizer_version"))
        .setQubitCount(item.qubits())
        .setEntanglementScore(item.entanglement())
        .setNoiseProfileId(item.text("noise_profile_id"))
        .setBackendClass(item.text("backend_class"))
        .setCreatedAt(PublicCodec.timestamp(item.atMicros()))
        .setProvenance(
            RecordProvenance.newBuilder()
                .setCompilerRef(item.text("provenance.compiler_ref"))
                .setOptimizerRef(item.text("provenance.optimizer_ref"))
                .setRuntimeRef(item.text("provenance.runtime_ref"))
                .setCheckpointRef(item.text("provenance.checkpoint_ref")))
        .putAllAttributes(item.facts())
        .setLineage(
            ModelLineage.newBuilder()
                .setModelVersion(item.text("lineage.model_version"))
                .setTrainingSetHash(item.text("lineage.training_set_hash"))
                .setEvaluationBundleHash(item.text("lineage.evaluation_bundle_hash"))
                .setPromotionPolicyVersion(item.text("lineage.promotion_policy_version"))
                .setPromotionOutcome(item.text("lineage.promotion_outcome")))
        .build();
  }

  static DecisionLog decision(KnowledgeItem item) {
    return DecisionLog.newBuilder()
        .setDecisionId(item.id())
        .setTraceId(item.text("trace_id"))
        .setModelVersion(item.text("model_version"))
        .setComponent(item.text("component"))
        .setPolicyBranch(item.text("policy_branch"))
        .setSelectedAction(item.text("selected_action"))
        .setFallbackUsed(item.fallback())
        .putAllFeatureSnapshot(item.facts())
        .setDecidedAt(PublicCodec.timestamp(item.atMicros()))
        .build();
  }

  /// Microseconds since 1970 UTC of a time that both can say.
  static long micros(String field, Timestamp time, Violations violations) {
    try {
      Instant instant = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
      if (time.getNanos() >= 0
          && time.getNanos() < 1_000_000_000
          && instant.isAfter(Instant.EPOCH)
          && instant.isBefore(Instant.parse("2200-01-01T00:00:00Z"))) {
        return Times.micros(instant);
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Told below, like a time out of range.
    }
    violations.wrong(field, time.getSeconds() + "s", "a time from 1970 to 2200");
    return 0;
  }

  private static void requireId(String field, String id, Violations violations) {
    if (id.isEmpty()) {
      violations.missing(field, "an id of your own");
    } else if (!ID.matcher(id).matches()) {
      violations.wrong(field, id, "letters, digits and . _ : / -, at most 256");
    }
  }

  private static void put(
      SortedMap<String, String> texts, String field, String text, Violations violations) {
    if (text.isEmpty()) {
      return;
    }
    violations.requireLine(field, text);
    if (text.length() > TEXT_LENGTH_MAX) {
      violations.wrong(field, text, "at most " + TEXT_LENGTH_MAX + " characters");
    }
    texts.put(field, text);
  }

  private static void requireFacts(String field, Map<String, String> facts, Violations violations) {
    if (facts.size() > FACTS_MAX) {
      violations.wrong(field, facts.size(), "at most " + FACTS_MAX + " entries");
      return;
    }
    violations.requireMap(field, facts);
    facts.forEach((name, value) -> {
      if (name.length() > TEXT_LENGTH_MAX || value.length() > 4 * TEXT_LENGTH_MAX) {
        violations.wrong(
            field + "." + Text.quoteForMessage(name), value.length(), "at most 4096 characters");
      }
    });
  }
}
