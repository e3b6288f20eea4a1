package dev.reeve.gateway;

import dev.reeve.engine.port.JobArchive;
import dev.reeve.gateway.beamline.BeamlineFixture;
import dev.reeve.gateway.cap.CapDialect;
import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.eigen.EigenDialect;
import dev.reeve.gateway.eigen.KnowledgeFixture;
import dev.reeve.gateway.eigen.ReservationFixture;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.circuit.CircuitDesk;
import dev.reeve.service.optimizer.MappingDesk;
import java.util.List;

/// Every dialect that a server serves.
final class AllDialects {
  private AllDialects() {}

  static List<Dialect> of(GatewayServices services, JobArchive archive) {
    return List.of(
        ReeveFixture.dialect(services, archive),
        EigenDialect.create(
            services,
            new DeviceDesk(List.of(), services.writer()),
            ReservationFixture.none(services.writer()),
            new CircuitDesk(Runnable::run),
            KnowledgeFixture.empty(),
            new MappingDesk(Runnable::run, System::nanoTime)),
        BeamlineFixture.dialect(services),
        CordumDialect.create(services),
        CapDialect.create(services, new MemoryPointers()),
        MathisonDialect.create(services),
        ModelFixture.dialect(services),
        ModelFixture.providers(services));
  }
}
