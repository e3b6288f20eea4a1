package dev.reeve.server;

import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.bus.EventEncoder;
import dev.reeve.service.bus.JournalPublication;
import dev.reeve.service.bus.PublicationStatus;
import dev.reeve.service.bus.ReeveEvents;
import dev.reeve.service.bus.StreamSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The publication of what happens to jobs, on a thread of its own; nothing without a broker.
final class Publication implements AutoCloseable {
  private static final int LOG_ID = 0;

  private final Optional<JournalPublication> running;

  private Publication(Optional<JournalPublication> running) {
    this.running = running;
  }

  /// Begins to publish, if the configuration wants it.
  ///
  /// @param others what is said of events besides our own form
  /// @param theirStreams what keeps it
  static Publication start(
      BusConfig config,
      Bus bus,
      JobArchive archive,
      Tail tail,
      Writer writer,
      RandomGenerator random,
      List<EventEncoder> others,
      List<StreamSpec> theirStreams) {
    if (config.nats().isEmpty() || !config.publishes()) {
      return new Publication(Optional.empty());
    }
    List<EventEncoder> encoders = new ArrayList<>(List.of(new ReeveEvents()));
    encoders.addAll(others);
    List<StreamSpec> streams = new ArrayList<>();
    streams.add(
        StreamSpec.of(ReeveEvents.STREAM, List.of(ReeveEvents.PATTERN))
            .withReplicas(config.replicas()));
    streams.addAll(theirStreams);
    JournalPublication publication =
        new JournalPublication(
            bus,
            archive,
            tail,
            () -> writer.head().position(),
            new JournalPublication.Plan(LOG_ID, config.republishFrom(), streams, encoders),
            System::nanoTime,
            random);
    Thread.ofVirtual().name("publication").start(publication::run);
    return new Publication(Optional.of(publication));
  }

  Optional<PublicationStatus> status() {
    return running.map(JournalPublication::status);
  }

  @Override
  public void close() {
    running.ifPresent(JournalPublication::close);
  }
}
