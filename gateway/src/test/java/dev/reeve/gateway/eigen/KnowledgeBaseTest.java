package dev.reeve.gateway.eigen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.reeve.wire.eigen.api.v1.AppendDecisionLogRequest;
import dev.reeve.wire.eigen.api.v1.AppendDecisionLogResponse;
import dev.reeve.wire.eigen.api.v1.BatchUpsertRecordsRequest;
import dev.reeve.wire.eigen.api.v1.BatchUpsertRecordsResponse;
import dev.reeve.wire.eigen.api.v1.DecisionLog;
import dev.reeve.wire.eigen.api.v1.GetRecordRequest;
import dev.reeve.wire.eigen.api.v1.GetRecordResponse;
import dev.reeve.wire.eigen.api.v1.KnowledgeBaseError;
import dev.reeve.wire.eigen.api.v1.KnowledgeRecord;
import dev.reeve.wire.eigen.api.v1.ModelLineage;
import dev.reeve.wire.eigen.api.v1.QueryDecisionLogsRequest;
import dev.reeve.wire.eigen.api.v1.QueryDecisionLogsResponse;
import dev.reeve.wire.eigen.api.v1.QueryFilter;
import dev.reeve.wire.eigen.api.v1.QueryRecordsRequest;
import dev.reeve.wire.eigen.api.v1.QueryRecordsResponse;
import dev.reeve.wire.eigen.api.v1.RecordProvenance;
import dev.reeve.wire.eigen.api.v1.UpsertRecordRequest;
import dev.reeve.wire.eigen.api.v1.UpsertRecordResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The knowledge base as its clients see it.
final class KnowledgeBaseTest {
  private static final String SERVICE = "KnowledgeBaseService/";

  @Test
  void a_record_comes_back_as_it_was_written() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.later();
      KnowledgeRecord record =
          record("r-1", 5)
              .setEntanglementScore(0.1)
              .setBackendClass("sim")
              .setProvenance(RecordProvenance.newBuilder().setCompilerRef("qfs://c"))
              .setLineage(ModelLineage.newBuilder().setModelVersion("m-2"))
              .putAttributes("trace_id", "t-1")
              .setCreatedAt(PublicCodec.timestamp(1_900_000_000_000_001L))
              .build();

      UpsertRecordResponse written = upsert(client, record, false);

      assertThat(written.getCreated()).isTrue();
      assertThat(get(client, "r-1")).isEqualTo(record);
      assertThat(upsert(client, record.toBuilder().setQubitCount(6).build(), true).getCreated())
          .isFalse();
      assertThat(get(client, "r-1").getQubitCount()).isEqualTo(6);
    }
  }

  @Test
  void a_second_write_of_an_id_is_a_conflict_and_reasons_say_what_may_be_tried_again() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.later();
      KnowledgeRecord record = record("r-1", 5).build();
      upsert(client, record, false);

      assertThat(reasons(client, "UpsertRecord", write(record, false)))
          .isEqualTo("ABORTED EIGEN_PUBLIC_CONFLICT_ABORTED INVALID_ARGUMENT NEVER");
      assertThat(
              reasons(
                  client, "GetRecord", GetRecordRequest.newBuilder().setRecordId("r-2").build()))
          .isEqualTo("NOT_FOUND EIGEN_PUBLIC_RECORD_NOT_FOUND NOT_FOUND NEVER");
      assertThat(reasons(client, "UpsertRecord", write(record("", -1).build(), false)))
          .isEqualTo("INVALID_ARGUMENT EIGEN_PUBLIC_VALIDATION_FAILED INVALID_ARGUMENT NEVER");
      BatchUpsertRecordsResponse batch =
          client.call(
              SERVICE + "BatchUpsertRecords",
              BatchUpsertRecordsRequest.newBuilder()
                  .addRecords(record)
                  .addRecords(record("r-2", 1))
                  .build(),
              BatchUpsertRecordsResponse.parser());
      assertThat(batch.getAccepted()).isEqualTo(1);
      assertThat(batch.getErrorsList())
          .extracting(KnowledgeBaseError::getDetailsRef)
          .containsExactly("record:r-1");
    }
  }

  @Test
  void pages_are_stable_while_records_are_written_and_belong_to_their_query() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.later();
      for (int i = 0; i < 5; i++) {
        upsert(client, record("r-" + i, i).build(), false);
      }
      QueryRecordsRequest.Builder query =
          QueryRecordsRequest.newBuilder()
              .setFilter(QueryFilter.newBuilder().setMinQubitCount(1).setMaxQubitCount(4))
              .setPageSize(2);

      QueryRecordsResponse first = query(client, query);
      upsert(client, record("r-1", 2).build(), true);
      upsert(client, record("r-new", 3).build(), false);
      QueryRecordsResponse second = query(client, query.setPageToken(first.getNextPageToken()));
      QueryRecordsResponse third = query(client, query.setPageToken(second.getNextPageToken()));

      assertThat(ids(first)).containsExactly("r-1", "r-2");
      assertThat(ids(second)).containsExactly("r-3", "r-4");
      assertThat(ids(third)).containsExactly("r-new");
      assertThat(third.getNextPageToken()).isEmpty();
      query.setPageToken(first.getNextPageToken()).clearFilter();
      assertThat(reasons(client, "QueryRecords", query.build())).startsWith("INVALID_ARGUMENT");
    }
  }

  @Test
  void decisions_are_only_added_and_keep_their_order_within_a_tenant() {
    try (EigenServer server = EigenServer.start()) {
      EigenClient client = server.later();
      for (String id : List.of("d-2", "d-1", "d-3")) {
        append(client, id, id.equals("d-3") ? "other" : "t-1");
      }

      assertThat(decisions(client, "t-1")).containsExactly("d-2", "d-1");
      assertThat(decisions(client, "")).containsExactly("d-2", "d-1", "d-3");
      assertThat(reasons(client, "AppendDecisionLog", decision("d-1", "t-1")))
          .startsWith("ABORTED");
      assertThat(reasons(client, "AppendDecisionLog", decision("d-9", "")))
          .startsWith("INVALID_ARGUMENT");
      EigenClient others = client.with("x-tenant-id", "acme");
      assertThat(decisions(others, "")).isEmpty();
      append(others, "d-1", "t-1");
      assertThat(decisions(others, "t-1")).containsExactly("d-1");
    }
  }

  private static KnowledgeRecord.Builder record(String id, int qubits) {
    return KnowledgeRecord.newBuilder().setRecordId(id).setQubitCount(qubits);
  }

  private static UpsertRecordRequest write(KnowledgeRecord record, boolean over) {
    return UpsertRecordRequest.newBuilder().setRecord(record).setAllowOverwrite(over).build();
  }

  private static UpsertRecordResponse upsert(
      EigenClient client, KnowledgeRecord record, boolean over) {
    return client.call(
        SERVICE + "UpsertRecord", write(record, over), UpsertRecordResponse.parser());
  }

  private static KnowledgeRecord get(EigenClient client, String id) {
    KnowledgeRecord record =
        client
            .call(
                SERVICE + "GetRecord",
                GetRecordRequest.newBuilder().setRecordId(id).build(),
                GetRecordResponse.parser())
            .getRecord();
    return record;
  }

  private static QueryRecordsResponse query(
      EigenClient client, QueryRecordsRequest.Builder request) {
    return client.call(SERVICE + "QueryRecords", request.build(), QueryRecordsResponse.parser());
  }

  private static List<String> ids(QueryRecordsResponse page) {
    return page.getRecordsList().stream().map(KnowledgeRecord::getRecordId).toList();
  }

  private static AppendDecisionLogRequest decision(String id, String trace) {
    return AppendDecisionLogRequest.newBuilder()
        .setDecisionLog(DecisionLog.newBuilder().setDecisionId(id).setTraceId(trace))
        .build();
  }

  private static void append(EigenClient client, String id, String trace) {
    AppendDecisionLogResponse answer =
        client.call(
            SERVICE + "AppendDecisionLog", decision(id, trace), AppendDecisionLogResponse.parser());
    assertThat(answer.getDecisionId()).isEqualTo(id);
  }

  private static List<String> decisions(EigenClient client, String trace) {
    return client
        .call(
            SERVICE + "QueryDecisionLogs",
            QueryDecisionLogsRequest.newBuilder().setTraceId(trace).build(),
            QueryDecisionLogsResponse.parser())
        .getDecisionLogsList()
        .stream()
        .map(DecisionLog::getDecisionId)
        .toList();
  }

  private static String reasons(
      EigenClient client, String method, com.google.protobuf.Message request) {
    Status refusal = client.refusal(SERVICE + method, request);
    try {
      ErrorInfo info = refusal.getDetails(0).unpack(ErrorInfo.class);
      return "%s %s %s %s"
          .formatted(
              io.grpc.Status.fromCodeValue(refusal.getCode()).getCode(),
              info.getReason(),
              info.getMetadataOrDefault("reason_code", "")
                  .replace("KNOWLEDGE_BASE_REASON_CODE_", ""),
              info.getMetadataOrDefault("retry_semantics", ""));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
