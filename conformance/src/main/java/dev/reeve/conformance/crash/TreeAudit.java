package dev.reeve.conformance.crash;

import com.google.protobuf.ByteString;
import dev.reeve.wire.reeve.v1.GetTreeHeadResponse;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsResponse;
import dev.reeve.wire.reeve.v1.ReceiptLeaf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Computes the audit tree from its leaves, by RFC 6962 and nothing of ours, and looks for the leaf
/// of every acknowledged submit.
final class TreeAudit {
  private static final int PAGE_SIZE = 1_000;
  private static final Pattern JOB = Pattern.compile("\"job\":\"([^\"]+)\"");

  private TreeAudit() {}

  /// Reads all leaves; throws [Violation] when the root, a hash or a leaf is not as promised.
  ///
  /// @return how many leaves there are
  static long run(Calls calls, Set<String> acknowledged) {
    GetTreeHeadResponse head = calls.treeHead();
    List<byte[]> hashes = new ArrayList<>();
    Map<String, Integer> leavesByJob = new HashMap<>();
    ListReceiptsRequest.Builder request = ListReceiptsRequest.newBuilder().setPageSize(PAGE_SIZE);
    while (hashes.size() < head.getSize()) {
      ListReceiptsResponse page = calls.receipts(request.build());
      for (ReceiptLeaf leaf : page.getLeavesList()) {
        if (hashes.size() < head.getSize()) {
          hashes.add(checked(leaf, hashes.size()));
          Matcher job = JOB.matcher(leaf.getLeaf().toStringUtf8());
          if (job.find()) {
            leavesByJob.merge(job.group(1), 1, Integer::sum);
          }
        }
      }
      Violation.unless(
          hashes.size() == head.getSize() || !page.getNextPageToken().isEmpty(),
          "the tree has %d leaves, %d are listed",
          head.getSize(),
          hashes.size());
      request.setPageToken(page.getNextPageToken());
    }
    String root = HexFormat.of().formatHex(root(hashes));
    Violation.unless(
        root.equals(head.getRootHash()), "the root is %s (leaves: %s)", head.getRootHash(), root);
    for (String job : acknowledged) {
      Violation.unless(leavesByJob.containsKey(job), "job %s has no receipt", job);
    }
    return head.getSize();
  }

  private static byte[] checked(ReceiptLeaf leaf, long index) {
    byte[] hash = sha256(ByteString.copyFrom(new byte[] {0}).concat(leaf.getLeaf()));
    Violation.unless(
        leaf.getLeafIndex() == index && leaf.getLeafHash().equals(HexFormat.of().formatHex(hash)),
        "leaf %d (expected: %d) has the hash %s, its bytes %s",
        leaf.getLeafIndex(),
        index,
        leaf.getLeafHash(),
        HexFormat.of().formatHex(hash));
    return hash;
  }

  /// RFC 6962, section 2.1: the left subtree is the largest complete one that is not everything.
  private static byte[] root(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return sha256(ByteString.EMPTY);
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return sha256(
        ByteString.copyFrom(new byte[] {1})
            .concat(ByteString.copyFrom(root(leaves.subList(0, left))))
            .concat(ByteString.copyFrom(root(leaves.subList(left, leaves.size())))));
  }

  private static byte[] sha256(ByteString bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.asReadOnlyByteBuffer());
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
