package dev.reeve.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotRequest;
import dev.reeve.wire.reeve.v1.GetPolicySnapshotResponse;
import dev.reeve.wire.reeve.v1.ListPolicySnapshotsRequest;
import dev.reeve.wire.reeve.v1.PolicyFile;
import dev.reeve.wire.reeve.v1.PolicySnapshot;
import java.time.Instant;
import java.util.List;

/// The policies that were in force somewhere, as messages. For one thread; blocks.
sealed interface PastPolicies extends AutoCloseable {
  /// All of them; the one that came into force last comes first.
  List<PolicySnapshot> newestFirst();

  /// One of them with its files.
  GetPolicySnapshotResponse get(String snapshot);

  @Override
  void close();

  /// Those of a server.
  record OfServer(Connection connection) implements PastPolicies {
    @Override
    public List<PolicySnapshot> newestFirst() {
      return connection
          .call(() ->
              connection
                  .policies()
                  .listPolicySnapshots(ListPolicySnapshotsRequest.getDefaultInstance()))
          .getSnapshotsList();
    }

    @Override
    public GetPolicySnapshotResponse get(String snapshot) {
      GetPolicySnapshotRequest request =
          GetPolicySnapshotRequest.newBuilder().setSnapshot(snapshot).build();
      return connection.call(() -> connection.policies().getPolicySnapshot(request));
    }

    /// The connection belongs to the command.
    @Override
    public void close() {}
  }

  /// Those of a store, read without a server.
  record OfStore(PolicyTexts texts) implements PastPolicies {
    @Override
    public List<PolicySnapshot> newestFirst() {
      return texts.newestFirst().stream().map(OfStore::message).toList();
    }

    @Override
    public GetPolicySnapshotResponse get(String snapshot) {
      PolicyTexts.Entry entry =
          texts.newestFirst().stream()
              .filter(one -> one.snapshot().equals(snapshot))
              .findFirst()
              .orElseThrow(() ->
                  CliProblems.ARGUMENT_INVALID
                      .because(
                          "SNAPSHOT: "
                              + Text.quoteForMessage(snapshot)
                              + " (expected: one that `reeve policy history` lists)")
                      .toException());
      return GetPolicySnapshotResponse.newBuilder()
          .setSnapshot(message(entry))
          .addAllFiles(
              texts.files(snapshot).orElse(List.of()).stream().map(OfStore::message).toList())
          .build();
    }

    private static PolicySnapshot message(PolicyTexts.Entry entry) {
      return PolicySnapshot.newBuilder()
          .setId(entry.snapshot())
          .setInForceAt(time(entry.at()))
          .setSource(entry.source())
          .setFirstInForceAt(time(entry.firstAt()))
          .setFileCount(entry.files())
          .setSizeBytes(entry.bytes())
          .build();
    }

    private static PolicyFile message(PolicyTexts.File file) {
      return PolicyFile.newBuilder()
          .setName(file.source().name())
          .setContent(ByteString.copyFrom(file.source().file().toArray()))
          .setInvariants(file.invariants())
          .setVerified(file.verified())
          .build();
    }

    private static Timestamp time(Instant at) {
      return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
    }

    @Override
    public void close() {
      texts.close();
    }
  }
}
