package dev.reeve.gateway.reeve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.job.Content;
import dev.reeve.job.JobKey;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.GetTreeHeadRequest;
import dev.reeve.wire.reeve.v1.GetTreeHeadResponse;
import dev.reeve.wire.reeve.v1.JobServiceGrpc;
import dev.reeve.wire.reeve.v1.KeptHead;
import dev.reeve.wire.reeve.v1.SubmitJobRequest;
import dev.reeve.wire.reeve.v1.VerifyLogRequest;
import dev.reeve.wire.reeve.v1.VerifyLogResponse;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the server says of its own log.
final class VerifyLogTest {
  private static final long LOST_NOTHING = -1;

  private volatile long lost = LOST_NOTHING;
  private final GatewayFixture gateway =
      GatewayFixture.startOn(
          new InMemoryStore(InstantSource.system()),
          GatewayFixture.POLICY,
          (services, archive) -> List.of(ReeveFixture.dialect(services, new Torn(archive))));
  private final AuditServiceGrpc.AuditServiceBlockingStub audit =
      AuditServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void submit(int jobs) {
    for (int i = 0; i < jobs; i++) {
      var _ =
          JobServiceGrpc.newBlockingStub(gateway.channel())
              .submitJob(SubmitJobRequest.newBuilder().setTopic("job.default").build());
    }
  }

  private VerifyLogResponse verify(VerifyLogRequest.Builder request) {
    return audit.verifyLog(request.build());
  }

  private static VerifyLogRequest.Builder kept(GetTreeHeadResponse head) {
    return VerifyLogRequest.newBuilder()
        .setKept(KeptHead.newBuilder().setSize(head.getSize()).setRootHash(head.getRootHash()));
  }

  private GetTreeHeadResponse head() {
    return audit.getTreeHead(GetTreeHeadRequest.getDefaultInstance());
  }

  @Test
  void a_log_in_order_is_said_to_be_and_how_much_of_it_was_looked_at() {
    submit(20);

    VerifyLogResponse all = verify(VerifyLogRequest.newBuilder());
    VerifyLogResponse some = verify(VerifyLogRequest.newBuilder().setEntries(7));

    assertThat(all.getOk()).as(all.toString()).isTrue();
    assertThat(all.getSize()).isGreaterThanOrEqualTo(20);
    assertThat(all.getCheckedFrom()).isZero();
    assertThat(all.getChecked()).isEqualTo(all.getSize());
    assertThat(all.getRootHash()).isEqualTo(head().getRootHash());
    assertThat(some.getOk()).isTrue();
    assertThat(some.getChecked()).isEqualTo(7);
    assertThat(some.getCheckedFrom()).isEqualTo(some.getSize() - 7);
  }

  @Test
  void a_head_that_was_kept_elsewhere_is_held_against_the_log() {
    submit(5);
    GetTreeHeadResponse kept = head();
    submit(5);

    assertThat(verify(kept(kept)).getOk()).isTrue();
    VerifyLogResponse other = verify(kept(kept.toBuilder().setRootHash("0".repeat(64)).build()));
    assertThat(other.getOk()).isFalse();
    assertThat(other.getDamage().getWhere()).isEqualTo("index 0 to " + (kept.getSize() - 1));
    VerifyLogResponse more = verify(kept(kept.toBuilder().setSize(1_000).build()));
    assertThat(more.getOk()).isFalse();
    assertThat(more.getDamage().getWhat()).contains("the kept checkpoint has 1000 receipts");
  }

  @Test
  void the_first_thing_that_is_not_in_order_is_named() {
    submit(20);
    lost = 12;

    VerifyLogResponse found = verify(VerifyLogRequest.newBuilder());

    assertThat(found.getOk()).isFalse();
    assertThat(found.getDamage().getWhere()).isEqualTo("commit 12");
    assertThat(found.getDamage().getWhat()).isEqualTo("is missing");
    assertThat(found.getChecked()).isZero();
    assertThat(found.getSize()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void how_far_to_look_is_bounded() {
    assertThatThrownBy(() -> verify(VerifyLogRequest.newBuilder().setEntries(100_001)))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("entries")
        .hasMessageContaining("0 to 100000");
    assertThatThrownBy(
            () -> verify(VerifyLogRequest.newBuilder().setKept(KeptHead.getDefaultInstance())))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("kept.root_hash");
  }

  /// An archive that may have lost a commit.
  private final class Torn implements JobArchive {
    private final JobArchive whole;

    private Torn(JobArchive whole) {
      this.whole = whole;
    }

    @Override
    public Optional<StoredJob> find(JobKey key) throws StoreException {
      return whole.find(key);
    }

    @Override
    public Optional<StoredJob> find(long jobNo) throws StoreException {
      return whole.find(jobNo);
    }

    @Override
    public Optional<StoredJob> findInAnyTenant(String jobId) throws StoreException {
      return whole.findInAnyTenant(jobId);
    }

    @Override
    public List<Bytes> events(long jobNo, long fromSeq, int bytesMax) throws StoreException {
      return whole.events(jobNo, fromSeq, bytesMax);
    }

    @Override
    public Optional<Bytes> payload(long jobNo, String tenant, Content content)
        throws StoreException {
      return whole.payload(jobNo, tenant, content);
    }

    @Override
    public Optional<Bytes> result(long jobNo, String tenant, Content content)
        throws StoreException {
      return whole.result(jobNo, tenant, content);
    }

    @Override
    public List<StoredJob> list(Optional<String> tenant, long belowJobNo, int limit)
        throws StoreException {
      return whole.list(tenant, belowJobNo, limit);
    }

    @Override
    public List<JournalRow> journal(long afterPosition, int limit) throws StoreException {
      return whole.journal(afterPosition, limit).stream()
          .filter(row -> row.position() != lost)
          .toList();
    }

    @Override
    public List<Commit.TileRow> tiles(long fromIndex, int limit) throws StoreException {
      return whole.tiles(fromIndex, limit);
    }
  }
}
