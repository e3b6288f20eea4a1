package dev.reeve.server.audit;

import dev.reeve.base.Bytes;
import dev.reeve.engine.Answer;
import dev.reeve.engine.EngineLimits;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Tail;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterPorts;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.StoredLogVerifier;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.ledger.Verified;
import dev.reeve.store.OpenStore;
import dev.reeve.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// A data directory with an audit log, opened like a server opens it, driven by hand: no time goes
/// by but what a test says.
final class StoredAudit implements AutoCloseable {
  final AuditTrail trail;
  private final OpenStore store;
  private final Writer writer;

  /// A clock that goes on by two seconds whenever somebody looks.
  private static final class Time implements InstantSource {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public synchronized Instant instant() {
      now = now.plusSeconds(2);
      return now;
    }
  }

  private StoredAudit(OpenStore store, Writer writer, AuditTrail trail) {
    this.store = store;
    this.writer = writer;
    this.trail = trail;
  }

  static StoredAudit open(Path data) throws StoreException {
    return open(data, false);
  }

  static StoredAudit open(Path data, boolean acceptRollback) throws StoreException {
    Time time = new Time();
    return open(data, acceptRollback, time, Stores.sqlite(data, time));
  }

  /// The receipts in PostgreSQL, keys and head in the directory.
  static StoredAudit openPostgres(Path data, String url) throws StoreException {
    Time time = new Time();
    return open(data, false, time, Stores.postgres(url, "test", time));
  }

  private static StoredAudit open(Path data, boolean acceptRollback, Time time, OpenStore store)
      throws StoreException {
    try {
      WriterPorts ports =
          new WriterPorts(
              store.log(), time, () -> 0, new Random(1), Runnable::run, Runnable::run, () -> 0);
      Writer writer = Writer.open(ports, EngineLimits.DEFAULT, new Tail(1 << 20));
      AuditTrail trail =
          AuditTrail.open(
              data, acceptRollback, writer, store.log().archive(), time, new SecureRandom());
      writer.drain();
      return new StoredAudit(store, writer, trail);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /// Commits some receipts, one a commit.
  StoredAudit add(int receipts) {
    return add(receipts, "alice");
  }

  StoredAudit add(int receipts, String actor) {
    for (int i = 0; i < receipts; i++) {
      long number = writer.head().leafCount();
      Receipt receipt =
          Receipt.of("action:job:submit", "allow")
              .withSubject("acme", "job-" + number, actor)
              .withInput(TreeHasher.create().leaf(Bytes.utf8("in " + number)));
      writer.offer(new LogCommand.Note(List.of(receipt), Answer.none()));
      writer.drain();
    }
    return this;
  }

  StoredAudit sign() {
    trail.signer().finish();
    return this;
  }

  long size() {
    return writer.head().leafCount();
  }

  /// Ends as a killed process does: nothing more is signed.
  void kill() {
    trail.stop();
    store.close();
  }

  @Override
  public void close() {
    trail.close();
    store.close();
  }

  /// What the offline verifier says of a directory.
  static Verified verify(Path data) {
    return verify(data, Optional.empty());
  }

  static Verified verify(Path data, Optional<String> database) {
    try (var copy = new OfflineAudit().open(data, database)) {
      return StoredLogVerifier.verify(copy.log(), copy.against(), _ -> {});
    }
  }

  /// Copies a directory as `cp -r` does.
  static Path copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!file.getFileName().toString().equals("reserve.bin")) {
          Files.copy(file, target);
        }
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
