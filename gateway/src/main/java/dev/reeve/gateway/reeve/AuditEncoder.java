package dev.reeve.gateway.reeve;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.reeve.base.Bytes;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.ledger.Checkpoint;
import dev.reeve.ledger.KeyRecord;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.ledger.TreeHead;
import dev.reeve.service.ReceiptReader;
import dev.reeve.service.VerifyLog;
import dev.reeve.wire.reeve.v1.AuditKey;
import dev.reeve.wire.reeve.v1.ReceiptLeaf;
import dev.reeve.wire.reeve.v1.SignedTreeHead;
import dev.reeve.wire.reeve.v1.VerifyLogResponse;
import java.util.List;

/// Receipts, heads and keys as messages.
final class AuditEncoder {
  private AuditEncoder() {}

  static ReceiptLeaf leaf(ReceiptReader.Entry entry) {
    ByteString bytes = UnsafeByteOperations.unsafeWrap(entry.bytes().unsafeArray());
    return ReceiptLeaf.newBuilder()
        .setLeafIndex(entry.leaf().index())
        .setLeaf(bytes)
        .setLeafHash(TreeHasher.create().leaf(entry.bytes()).hex())
        .build();
  }

  static SignedTreeHead head(TreeHead head) {
    Checkpoint checkpoint = head.checkpoint();
    return SignedTreeHead.newBuilder()
        .setOrigin(checkpoint.origin())
        .setSize(checkpoint.size())
        .setRootHash(checkpoint.root().hex())
        .setSignedAt(ProtoTimes.timestamp(checkpoint.atMicros()))
        .setNote(head.note())
        .build();
  }

  static AuditKey key(KeyRecord record) {
    return AuditKey.newBuilder()
        .setKey(record.key().text())
        .setFromSize(record.fromSize())
        .setFrom(ProtoTimes.timestamp(record.atMicros()))
        .setRecord(record.toBytes().utf8())
        .build();
  }

  static VerifyLogResponse report(VerifyLog.Report report) {
    VerifyLogResponse.Builder out =
        VerifyLogResponse.newBuilder()
            .setOk(report.damage().isEmpty())
            .setSize(report.size())
            .setRootHash(report.root().hex())
            .setSigned(head(report.signed().head()))
            .setCheckedFrom(report.checkedFrom())
            .setChecked(report.checked());
    report
        .damage()
        .ifPresent(
            damage -> out.getDamageBuilder().setWhere(damage.where()).setWhat(damage.what()));
    return out.build();
  }

  static List<String> path(List<Bytes> hashes) {
    return hashes.stream().map(Bytes::hex).toList();
  }
}
