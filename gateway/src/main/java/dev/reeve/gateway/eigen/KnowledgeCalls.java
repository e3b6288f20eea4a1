package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.ProblemKind;
import dev.reeve.gateway.CallScope;
import dev.reeve.service.Times;
import dev.reeve.service.knowledge.KnowledgeBase;
import dev.reeve.service.knowledge.KnowledgeItem;
import dev.reeve.service.knowledge.KnowledgeProblems;
import dev.reeve.wire.eigen.api.v1.ApiContractEnvelope;
import dev.reeve.wire.eigen.api.v1.AppendDecisionLogRequest;
import dev.reeve.wire.eigen.api.v1.AppendDecisionLogResponse;
import dev.reeve.wire.eigen.api.v1.BatchUpsertRecordsRequest;
import dev.reeve.wire.eigen.api.v1.BatchUpsertRecordsResponse;
import dev.reeve.wire.eigen.api.v1.GetRecordRequest;
import dev.reeve.wire.eigen.api.v1.GetRecordResponse;
import dev.reeve.wire.eigen.api.v1.KnowledgeBaseError;
import dev.reeve.wire.eigen.api.v1.KnowledgeBaseReasonCode;
import dev.reeve.wire.eigen.api.v1.KnowledgeRecord;
import dev.reeve.wire.eigen.api.v1.QueryDecisionLogsRequest;
import dev.reeve.wire.eigen.api.v1.QueryDecisionLogsResponse;
import dev.reeve.wire.eigen.api.v1.QueryRecordsRequest;
import dev.reeve.wire.eigen.api.v1.QueryRecordsResponse;
import dev.reeve.wire.eigen.api.v1.UpsertRecordRequest;
import dev.reeve.wire.eigen.api.v1.UpsertRecordResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The calls of `KnowledgeBaseService`, each within the tenant of its caller. Blocks for writes.
final class KnowledgeCalls {
  private static final int BATCH_MAX = 1_000;
  private static final int ERRORS_MAX = 100;

  private final KnowledgeBase base;
  private final InstantSource clock;

  KnowledgeCalls(KnowledgeBase base, InstantSource clock) {
    this.base = base;
    this.clock = clock;
  }

  UpsertRecordResponse upsert(UpsertRecordRequest request) {
    String tenant = tenant(request.getEnvelope());
    return told(() -> {
      KnowledgeItem item = KnowledgeCodec.record(request.getRecord(), now());
      KnowledgeBase.Written written = base.write(tenant, item, request.getAllowOverwrite());
      return UpsertRecordResponse.newBuilder()
          .setRecordId(item.id())
          .setCreated(written.created())
          .setUpdatedAt(PublicCodec.timestamp(written.atMicros()))
          .build();
    });
  }

  /// Each record by itself, what may be written at once; of many errors the first hundred are told.
  BatchUpsertRecordsResponse batch(BatchUpsertRecordsRequest request) {
    String tenant = tenant(request.getEnvelope());
    if (request.getRecordsCount() == 0 || request.getRecordsCount() > BATCH_MAX) {
      throw inWords(
          KnowledgeProblems.KNOWLEDGE_INVALID.field(
              "records", Integer.toString(request.getRecordsCount()), "1 to " + BATCH_MAX));
    }
    BatchUpsertRecordsResponse.Builder response = BatchUpsertRecordsResponse.newBuilder();
    List<KnowledgeItem> items = new ArrayList<>();
    for (KnowledgeRecord record : request.getRecordsList()) {
      try {
        items.add(KnowledgeCodec.record(record, now()));
      } catch (ProblemException e) {
        addError(response, record.getRecordId(), e.problem());
      }
    }
    List<KnowledgeBase.Outcome> outcomes =
        told(() -> base.writeAll(tenant, items, request.getAllowOverwrite()));
    int accepted = 0;
    for (int i = 0; i < items.size(); i++) {
      switch (outcomes.get(i)) {
        case KnowledgeBase.Written _ -> accepted++;
        case KnowledgeBase.Refused refused ->
            addError(response, items.get(i).id(), refused.problem());
      }
    }
    return response.setAccepted(accepted).setRejected(request.getRecordsCount() - accepted).build();
  }

  private static void addError(
      BatchUpsertRecordsResponse.Builder response, String recordId, Problem problem) {
    if (response.getErrorsCount() < ERRORS_MAX) {
      response.addErrors(
          KnowledgeBaseError.newBuilder()
              .setReasonCode(reason(problem))
              .setMessage(problem.message())
              .setRetrySemantics(retry(reason(problem)))
              .setDetailsRef("record:" + recordId));
    }
  }

  QueryRecordsResponse query(QueryRecordsRequest request) {
    String tenant = tenant(request.getEnvelope());
    return told(() -> {
      byte[] asked = request.getFilter().toByteArray();
      KnowledgeBase.Page page =
          page(
              tenant,
              KnowledgeItem.Kind.RECORD,
              KnowledgeFilter.records(request.getFilter()),
              request.getPageSize(),
              KnowledgeFilter.after(request.getPageToken(), asked));
      QueryRecordsResponse.Builder response = QueryRecordsResponse.newBuilder();
      page.items().forEach(item -> response.addRecords(KnowledgeCodec.record(item)));
      page.next().ifPresent(last -> response.setNextPageToken(KnowledgeFilter.token(last, asked)));
      return response.build();
    });
  }

  GetRecordResponse get(GetRecordRequest request) {
    String tenant = tenant(request.getEnvelope());
    return told(() -> {
      if (request.getRecordId().isEmpty()) {
        throw KnowledgeProblems.KNOWLEDGE_INVALID
            .field("record_id", "", "id of a record")
            .toException();
      }
      return GetRecordResponse.newBuilder()
          .setRecord(KnowledgeCodec.record(base.record(tenant, request.getRecordId())))
          .build();
    });
  }

  AppendDecisionLogResponse append(AppendDecisionLogRequest request) {
    String tenant = tenant(request.getEnvelope());
    return told(() -> {
      KnowledgeItem item = KnowledgeCodec.decision(request.getDecisionLog(), now());
      KnowledgeBase.Written written = base.write(tenant, item, false);
      return AppendDecisionLogResponse.newBuilder()
          .setDecisionId(item.id())
          .setAppendedAt(PublicCodec.timestamp(written.atMicros()))
          .build();
    });
  }

  QueryDecisionLogsResponse queryDecisions(QueryDecisionLogsRequest request) {
    String tenant = tenant(request.getEnvelope());
    return told(() -> {
      byte[] asked =
          QueryDecisionLogsRequest.newBuilder()
              .setTraceId(request.getTraceId())
              .setModelVersion(request.getModelVersion())
              .build()
              .toByteArray();
      KnowledgeBase.Page page =
          page(
              tenant,
              KnowledgeItem.Kind.DECISION,
              KnowledgeFilter.decisions(request.getTraceId(), request.getModelVersion()),
              request.getPageSize(),
              KnowledgeFilter.after(request.getPageToken(), asked));
      QueryDecisionLogsResponse.Builder response = QueryDecisionLogsResponse.newBuilder();
      page.items().forEach(item -> response.addDecisionLogs(KnowledgeCodec.decision(item)));
      page.next().ifPresent(last -> response.setNextPageToken(KnowledgeFilter.token(last, asked)));
      return response.build();
    });
  }

  private KnowledgeBase.Page page(
      String tenant, KnowledgeItem.Kind kind, Predicate<KnowledgeItem> fits, int size, long after) {
    return base.query(tenant, kind, fits, after, KnowledgeFilter.size(size));
  }

  private static String tenant(ApiContractEnvelope envelope) {
    CallGate.requireVersion(envelope.getContractVersion(), "envelope.contract_version");
    return CallGate.admit(CallScope.current(), CallEnvelope.of(envelope.getRequest()))
        .caller()
        .tenant();
  }

  private long now() {
    return Times.micros(clock.instant());
  }

  private static <T> T told(Supplier<T> call) {
    try {
      return call.get();
    } catch (ProblemException e) {
      throw inWords(e.problem());
    }
  }

  /// With the reason code and what may be tried again, as this contract tells them.
  private static ProblemException inWords(Problem problem) {
    KnowledgeBaseReasonCode reason = reason(problem);
    return problem
        .with("reason_code", reason.name())
        .with("retry_semantics", retry(reason))
        .toException();
  }

  private static KnowledgeBaseReasonCode reason(Problem problem) {
    ProblemKind kind = problem.kind();
    return switch (kind) {
      case NOT_FOUND -> KnowledgeBaseReasonCode.KNOWLEDGE_BASE_REASON_CODE_NOT_FOUND;
      case EXHAUSTED -> KnowledgeBaseReasonCode.KNOWLEDGE_BASE_REASON_CODE_RATE_LIMITED;
      case UNAVAILABLE, TIMEOUT ->
          KnowledgeBaseReasonCode.KNOWLEDGE_BASE_REASON_CODE_INDEX_UNAVAILABLE;
      case INTERNAL, CANCELLED, UNIMPLEMENTED ->
          KnowledgeBaseReasonCode.KNOWLEDGE_BASE_REASON_CODE_INTERNAL;
      case INVALID, UNAUTHENTICATED, DENIED, CONFLICT, PRECONDITION, OUT_OF_RANGE ->
          KnowledgeBaseReasonCode.KNOWLEDGE_BASE_REASON_CODE_INVALID_ARGUMENT;
    };
  }

  private static String retry(KnowledgeBaseReasonCode reason) {
    return switch (reason) {
      case KNOWLEDGE_BASE_REASON_CODE_INVALID_ARGUMENT,
          KNOWLEDGE_BASE_REASON_CODE_NOT_FOUND,
          KNOWLEDGE_BASE_REASON_CODE_UNSPECIFIED,
          UNRECOGNIZED ->
          "NEVER";
      case KNOWLEDGE_BASE_REASON_CODE_INDEX_UNAVAILABLE, KNOWLEDGE_BASE_REASON_CODE_RATE_LIMITED ->
          "RETRY_WITH_BACKOFF";
      case KNOWLEDGE_BASE_REASON_CODE_INTERNAL -> "SAFE_RETRY";
    };
  }
}
