package dev.reeve.gateway.eigen;

import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.api.v1.AppendDecisionLogRequest;
import dev.reeve.wire.eigen.api.v1.AppendDecisionLogResponse;
import dev.reeve.wire.eigen.api.v1.BatchUpsertRecordsRequest;
import dev.reeve.wire.eigen.api.v1.BatchUpsertRecordsResponse;
import dev.reeve.wire.eigen.api.v1.GetRecordRequest;
import dev.reeve.wire.eigen.api.v1.GetRecordResponse;
import dev.reeve.wire.eigen.api.v1.KnowledgeBaseServiceGrpc;
import dev.reeve.wire.eigen.api.v1.QueryDecisionLogsRequest;
import dev.reeve.wire.eigen.api.v1.QueryDecisionLogsResponse;
import dev.reeve.wire.eigen.api.v1.QueryRecordsRequest;
import dev.reeve.wire.eigen.api.v1.QueryRecordsResponse;
import dev.reeve.wire.eigen.api.v1.UpsertRecordRequest;
import dev.reeve.wire.eigen.api.v1.UpsertRecordResponse;
import io.grpc.stub.StreamObserver;

/// `eigen.api.v1.KnowledgeBaseService`.
final class KnowledgeBaseHandlers implements KnowledgeBaseServiceGrpc.AsyncService {
  private final KnowledgeCalls calls;
  private final Replies replies;

  KnowledgeBaseHandlers(KnowledgeCalls calls, Replies replies) {
    this.calls = calls;
    this.replies = replies;
  }

  @Override
  public void upsertRecord(
      UpsertRecordRequest request, StreamObserver<UpsertRecordResponse> observer) {
    replies.send(observer, () -> calls.upsert(request));
  }

  @Override
  public void batchUpsertRecords(
      BatchUpsertRecordsRequest request, StreamObserver<BatchUpsertRecordsResponse> observer) {
    replies.send(observer, () -> calls.batch(request));
  }

  @Override
  public void queryRecords(
      QueryRecordsRequest request, StreamObserver<QueryRecordsResponse> observer) {
    replies.send(observer, () -> calls.query(request));
  }

  @Override
  public void getRecord(GetRecordRequest request, StreamObserver<GetRecordResponse> observer) {
    replies.send(observer, () -> calls.get(request));
  }

  @Override
  public void appendDecisionLog(
      AppendDecisionLogRequest request, StreamObserver<AppendDecisionLogResponse> observer) {
    replies.send(observer, () -> calls.append(request));
  }

  @Override
  public void queryDecisionLogs(
      QueryDecisionLogsRequest request, StreamObserver<QueryDecisionLogsResponse> observer) {
    replies.send(observer, () -> calls.queryDecisions(request));
  }
}
