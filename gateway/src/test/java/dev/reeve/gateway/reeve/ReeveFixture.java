package dev.reeve.gateway.reeve;

import dev.reeve.engine.TreeEdge;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.ledger.KeyHistory;
import dev.reeve.ledger.LogSigner;
import dev.reeve.ledger.TreeHead;
import dev.reeve.service.ArchivedHashes;
import dev.reeve.service.BacktestPolicy;
import dev.reeve.service.ConsentBook;
import dev.reeve.service.HeadSigner;
import dev.reeve.service.KeepPools;
import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.ReceiptProofs;
import dev.reeve.service.ReceiptReader;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.SignalConsent;
import dev.reeve.service.VerifyLog;
import dev.reeve.service.WorkerPools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The description of a server that tests look at, and the dialect on top of it.
public final class ReeveFixture implements ServerDescription {
  private ReeveFixture() {}

  /// `reeve.v1` over these use cases.
  public static Dialect dialect(GatewayServices services, JobArchive archive) {
    return dialect(services, archive, new MemoryConsentBook());
  }

  /// The same with a book of consent that the test looks into.
  public static Dialect dialect(GatewayServices services, JobArchive archive, ConsentBook book) {
    return dialect(services, archive, book, GatewayFixture.LEASE);
  }

  /// The same, with workers that may be silent for this long.
  static Dialect dialect(
      GatewayServices services, JobArchive archive, ConsentBook book, Duration lease) {
    ReceiptReader receipts = new ReceiptReader(archive);
    ReceiptProofs proofs = new ReceiptProofs(new ArchivedHashes(archive, services.writer()::edge));
    HeadSigner heads = heads(services);
    return ReeveDialect.create(
        services,
        new ReevePorts(
            receipts,
            proofs,
            heads,
            new VerifyLog(services.writer(), archive, receipts, proofs, heads),
            new ReeveFixture(),
            new FakeGovernanceDesk(),
            new SignalConsent(
                book, services.rules(), services.writer(), services.clock(), services.blocking()),
            new WorkerRoster(),
            List.of(),
            pools(services),
            lease,
            () -> new LoadedPolicy(List.of(), ""),
            new BacktestPolicy(archive, services.reader(), SharedScanner.builtIn())));
  }

  private static KeepPools pools(GatewayServices services) {
    return new KeepPools(
        () -> WorkerPools.NONE, new MemoryPoolBook(), services.writer(), services.clock());
  }

  /// Signs once, with a key that nobody keeps.
  private static HeadSigner heads(GatewayServices services) {
    SecureRandom random = new SecureRandom();
    LogSigner signer = LogSigner.forNewLog(random);
    try {
      return HeadSigner.start(
          services.writer(),
          signer,
          KeyHistory.begin(signer, 0, 0),
          Optional.empty(),
          new HeadSigner.Keeper() {
            @Override
            public void keep(TreeHead head, TreeEdge edge) {}

            @Override
            public void keep(LogSigner next, KeyHistory keys) {}
          },
          services.clock(),
          random);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ServerInfo info() {
    return new ServerInfo(
        "1.2.3",
        1,
        5_000_000,
        List.of(new StoreInfo("log", "sqlite", "data/reeve.db", 7, 2)),
        List.of(new Listener("grpc", "127.0.0.1:50051", false)),
        List.of(new Health("log", Standing.DEGRADED, "disk is nearly full")),
        "normal");
  }

  @Override
  public List<ConfigEntry> config() {
    return List.of(new ConfigEntry("server.port", "50051", Source.FLAG, "--port", false, false));
  }
}
