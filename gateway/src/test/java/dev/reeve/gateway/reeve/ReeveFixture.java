package dev.reeve.gateway.reeve;

import dev.reeve.engine.port.JobArchive;
import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.service.BacktestPolicy;
import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.ReceiptReader;
import java.util.List;

/// The description of a server that tests look at, and the dialect on top of it.
public final class ReeveFixture implements ServerDescription {
  private ReeveFixture() {}

  /// `reeve.v1` over these use cases.
  public static Dialect dialect(GatewayServices services, JobArchive archive) {
    return ReeveDialect.create(
        services,
        new ReevePorts(
            new ReceiptReader(archive),
            new ReeveFixture(),
            new FakeGovernanceDesk(),
            new WorkerRoster(),
            GatewayFixture.LEASE,
            () -> new LoadedPolicy(List.of(), ""),
            new BacktestPolicy(archive, services.reader())));
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
