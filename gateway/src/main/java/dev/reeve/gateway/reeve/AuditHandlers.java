package dev.reeve.gateway.reeve;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.reeve.engine.port.LogHead;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.job.JobKey;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.service.Caller;
import dev.reeve.service.ReceiptReader;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.GetTreeHeadRequest;
import dev.reeve.wire.reeve.v1.GetTreeHeadResponse;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsResponse;
import dev.reeve.wire.reeve.v1.ReceiptLeaf;
import io.grpc.stub.StreamObserver;
import java.util.function.Predicate;

/// `reeve.v1.AuditService`. Listing may block.
final class AuditHandlers extends AuditServiceGrpc.AuditServiceImplBase {
  private final GatewayServices services;
  private final ReceiptReader receipts;
  private final Replies replies;

  AuditHandlers(GatewayServices services, ReevePorts ports, Replies replies) {
    this.services = services;
    receipts = ports.receipts();
    this.replies = replies;
  }

  @Override
  public void getTreeHead(
      GetTreeHeadRequest request, StreamObserver<GetTreeHeadResponse> observer) {
    replies.send(
        observer,
        () -> {
          LogHead head = services.writer().head();
          return GetTreeHeadResponse.newBuilder()
              .setSize(head.leafCount())
              .setRootHash(MerkleFrontier.read(head.frontier()).root(TreeHasher.create()).hex())
              .build();
        });
  }

  @Override
  public void listReceipts(
      ListReceiptsRequest request, StreamObserver<ListReceiptsResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(observer, () -> list(caller, request));
  }

  private ListReceiptsResponse list(Caller caller, ListReceiptsRequest request) {
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    ListDecoder.checkPageSize(fields, request.getPageSize());
    fields.require(
        request.getFirstIndex() >= 0,
        "first_index",
        Long.toUnsignedString(request.getFirstIndex()),
        "less than 2^63");
    if (!request.getJobId().isEmpty()) {
      fields.givenId("job_id", request.getJobId());
    }
    fields.throwIfAny();
    ListReceiptsRequest list = request.toBuilder().clearPageToken().clearPageSize().build();
    long first =
        PageTokens.read(caller.tenant(), list, request.getPageToken(), request.getFirstIndex());
    ReceiptReader.Page page = page(caller, request, first);
    ListReceiptsResponse.Builder out = ListReceiptsResponse.newBuilder();
    page.entries().forEach(entry -> out.addLeaves(encode(entry)));
    page.nextIndex()
        .ifPresent(next -> out.setNextPageToken(PageTokens.write(caller.tenant(), list, next)));
    return out.build();
  }

  private ReceiptReader.Page page(Caller caller, ListReceiptsRequest request, long first) {
    long last = services.writer().head().position();
    int size = ListDecoder.pageSize(request.getPageSize());
    if (request.getJobId().isEmpty()) {
      return receipts.list(last, first, size, readable(caller));
    }
    JobKey key = new JobKey(caller.tenant(), request.getJobId());
    return receipts.ofJob(services.reader().view(key).job(), last, first, size);
  }

  /// The local operator may read every leaf, anybody else those about the tenant of the call.
  private static Predicate<Leaf> readable(Caller caller) {
    return leaf -> caller.localOperator() || leaf.receipt().tenant().equals(caller.tenant());
  }

  private static ReceiptLeaf encode(ReceiptReader.Entry entry) {
    ByteString bytes = UnsafeByteOperations.unsafeWrap(entry.bytes().unsafeArray());
    return ReceiptLeaf.newBuilder()
        .setLeafIndex(entry.leaf().index())
        .setLeaf(bytes)
        .setLeafHash(TreeHasher.create().leaf(entry.bytes()).hex())
        .build();
  }
}
