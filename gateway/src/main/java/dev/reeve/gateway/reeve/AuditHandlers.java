package dev.reeve.gateway.reeve;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.LogHead;
import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.FieldChecks;
import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.Replies;
import dev.reeve.job.JobKey;
import dev.reeve.ledger.ConsistencyProof;
import dev.reeve.ledger.InclusionProof;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.LedgerProblems;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.ledger.TreeHead;
import dev.reeve.service.Caller;
import dev.reeve.service.HeadSigner;
import dev.reeve.service.ReceiptProofs;
import dev.reeve.service.ReceiptReader;
import dev.reeve.service.VerifyLog;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.GetConsistencyProofRequest;
import dev.reeve.wire.reeve.v1.GetConsistencyProofResponse;
import dev.reeve.wire.reeve.v1.GetInclusionProofRequest;
import dev.reeve.wire.reeve.v1.GetInclusionProofResponse;
import dev.reeve.wire.reeve.v1.GetTreeHeadRequest;
import dev.reeve.wire.reeve.v1.GetTreeHeadResponse;
import dev.reeve.wire.reeve.v1.ListKeysRequest;
import dev.reeve.wire.reeve.v1.ListKeysResponse;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsResponse;
import dev.reeve.wire.reeve.v1.ReceiptProof;
import dev.reeve.wire.reeve.v1.RotateKeyRequest;
import dev.reeve.wire.reeve.v1.RotateKeyResponse;
import dev.reeve.wire.reeve.v1.VerifyLogRequest;
import dev.reeve.wire.reeve.v1.VerifyLogResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// `reeve.v1.AuditService`. Listing may block.
final class AuditHandlers extends AuditServiceGrpc.AuditServiceImplBase {
  private static final int PROOFS_MAX = 1_000;
  private static final int VERIFIED_DEFAULT = 10_000;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Duration SIGNED_WAIT_MAX = Duration.ofSeconds(3);

  private final GatewayServices services;
  private final ReceiptReader receipts;
  private final ReceiptProofs proofs;
  private final HeadSigner heads;
  private final VerifyLog verify;
  private final Replies replies;

  AuditHandlers(GatewayServices services, ReevePorts ports, Replies replies) {
    this.services = services;
    receipts = ports.receipts();
    proofs = ports.proofs();
    heads = ports.heads();
    verify = ports.verify();
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
              .setSigned(AuditEncoder.head(heads.signed().head()))
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
    page.entries().forEach(entry -> out.addLeaves(AuditEncoder.leaf(entry)));
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

  @Override
  public void getInclusionProof(
      GetInclusionProofRequest request, StreamObserver<GetInclusionProofResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(observer, () -> prove(caller, request));
  }

  private GetInclusionProofResponse prove(Caller caller, GetInclusionProofRequest request) {
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    fields.require(
        request.hasLeafIndex() == request.getJobId().isEmpty(),
        "leaf_index",
        request.hasLeafIndex() ? "beside job_id" : "",
        "one of leaf_index and job_id");
    fields.require(
        request.getLeafIndex() >= 0,
        "leaf_index",
        Long.toUnsignedString(request.getLeafIndex()),
        "less than 2^63");
    if (!request.getJobId().isEmpty()) {
      fields.givenId("job_id", request.getJobId());
    }
    fields.throwIfAny();
    List<ReceiptReader.Entry> entries = entries(caller, request);
    long needed = entries.isEmpty() ? 0 : entries.getLast().leaf().index() + 1;
    HeadSigner.Signed signed = signed(needed);
    long size = signed.head().checkpoint().size();
    GetInclusionProofResponse.Builder out =
        GetInclusionProofResponse.newBuilder().setHead(AuditEncoder.head(signed.head()));
    signed.keys().records().forEach(key -> out.addKeys(key.toBytes().utf8()));
    for (ReceiptReader.Entry entry : entries) {
      InclusionProof proof = proofs.inclusion(entry.leaf().index(), size);
      out.addProofs(
          ReceiptProof.newBuilder()
              .setLeaf(AuditEncoder.leaf(entry))
              .addAllPath(AuditEncoder.path(proof.path())));
    }
    return out.build();
  }

  /// What somebody may not read is as if it were not there.
  private List<ReceiptReader.Entry> entries(Caller caller, GetInclusionProofRequest request) {
    long last = services.writer().head().position();
    if (!request.hasLeafIndex()) {
      JobKey key = new JobKey(caller.tenant(), request.getJobId());
      return receipts.ofJob(services.reader().view(key).job(), last, 0, PROOFS_MAX).entries();
    }
    List<ReceiptReader.Entry> found =
        receipts.list(last, request.getLeafIndex(), 1, _ -> true).entries();
    boolean readable =
        !found.isEmpty()
            && found.getFirst().leaf().index() == request.getLeafIndex()
            && readable(caller).test(found.getFirst().leaf());
    if (!readable) {
      throw LedgerProblems.LEAF_INDEX_OUT_OF_RANGE
          .field("leaf_index", Long.toString(request.getLeafIndex()), "that of a receipt")
          .toException();
    }
    return found;
  }

  /// The head that covers so many receipts; it is signed within a second after their commit.
  private HeadSigner.Signed signed(long size) {
    HeadSigner.Signed signed;
    try {
      signed = heads.await(size, SIGNED_WAIT_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      signed = heads.signed();
    }
    if (signed.head().checkpoint().size() < size) {
      throw LedgerProblems.HEAD_NOT_SIGNED
          .because("the newest receipts are not signed yet")
          .withRetryAfter(Duration.ofSeconds(1))
          .toException();
    }
    return signed;
  }

  @Override
  public void getConsistencyProof(
      GetConsistencyProofRequest request, StreamObserver<GetConsistencyProofResponse> observer) {
    replies.send(
        observer,
        () -> {
          TreeHead head = heads.signed().head();
          long to = request.getToSize() == 0 ? head.checkpoint().size() : request.getToSize();
          ConsistencyProof proof = proofs.consistency(request.getFromSize(), to);
          return GetConsistencyProofResponse.newBuilder()
              .setFromSize(proof.from())
              .setToSize(proof.to())
              .addAllPath(AuditEncoder.path(proof.path()))
              .setHead(AuditEncoder.head(head))
              .build();
        });
  }

  @Override
  public void verifyLog(VerifyLogRequest request, StreamObserver<VerifyLogResponse> observer) {
    replies.send(
        observer,
        () -> {
          check(request);
          Optional<VerifyLog.Kept> kept =
              request.hasKept()
                  ? Optional.of(
                      new VerifyLog.Kept(
                          request.getKept().getSize(), Bytes.hex(request.getKept().getRootHash())))
                  : Optional.empty();
          int entries = request.getEntries() == 0 ? VERIFIED_DEFAULT : request.getEntries();
          return AuditEncoder.report(verify.verify(entries, kept));
        });
  }

  private static void check(VerifyLogRequest request) {
    FieldChecks fields = new FieldChecks(GatewayProblems.REQUEST_INVALID);
    fields.require(
        request.getEntries() >= 0 && request.getEntries() <= VerifyLog.ENTRIES_MAX,
        "entries",
        request.getEntries(),
        "0 to " + VerifyLog.ENTRIES_MAX);
    if (request.hasKept()) {
      fields
          .require(
              request.getKept().getSize() >= 0,
              "kept.size",
              Long.toUnsignedString(request.getKept().getSize()),
              "less than 2^63")
          .require(
              HASH.matcher(request.getKept().getRootHash()).matches(),
              "kept.root_hash",
              request.getKept().getRootHash(),
              "64 digits of lower-case hex");
    }
    fields.throwIfAny();
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> observer) {
    replies.send(
        observer,
        () -> {
          ListKeysResponse.Builder out = ListKeysResponse.newBuilder();
          heads.signed().keys().records().forEach(key -> out.addKeys(AuditEncoder.key(key)));
          return out.build();
        });
  }

  @Override
  public void rotateKey(RotateKeyRequest request, StreamObserver<RotateKeyResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.reply(
        observer,
        () -> heads.rotate(caller, services.blocking()),
        signed ->
            RotateKeyResponse.newBuilder()
                .setKey(AuditEncoder.key(signed.keys().current()))
                .build());
  }
}
