package dev.reeve.server.audit;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.LogHead;
import dev.reeve.ledger.KeyHistory;
import dev.reeve.ledger.LogSigner;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.MerkleTree;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.StoredLogVerifier;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.ledger.TreeHead;
import dev.reeve.service.ArchivedHashes;
import dev.reeve.service.ArchivedLog;
import dev.reeve.service.Caller;
import dev.reeve.service.HeadSigner;
import dev.reeve.service.ReceiptReader;
import dev.reeve.service.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the log signed: at start it checks that the database still holds what was signed last,
/// then a thread of its own signs what is new.
public final class AuditTrail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
  private static final long TICK_MILLIS = 100;

  private final HeadSigner signer;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("audit-signer").daemon(true).factory());

  private AuditTrail(HeadSigner signer) {
    this.signer = signer;
  }

  /// Checks and begins to sign. Called after the writer was opened and before it drains; what the
  /// log has to say of it is offered to the writer.
  ///
  /// @param acceptRollback whether a database that lacks signed receipts is taken as it is
  /// @throws ProblemException `AUDIT_ROLLED_BACK`, `AUDIT_INCONSISTENT` or `AUDIT_KEYS_UNUSABLE`
  public static AuditTrail open(
      Path data,
      boolean acceptRollback,
      Writer writer,
      JobArchive archive,
      InstantSource clock,
      SecureRandom random) {
    AuditFolder folder = new AuditFolder(data);
    try {
      folder.create();
      KeyHistory keys = keysOf(folder, writer, clock, random);
      Optional<TreeHead> kept = folder.head();
      if (kept.isPresent()) {
        check(folder, keys, kept.get(), acceptRollback, writer, archive);
      }
      AuditTrail trail =
          new AuditTrail(
              HeadSigner.start(
                  writer, folder.signer(keys), keys, folder.head(), folder, clock, random));
      trail.tick();
      return trail;
    } catch (IOException | CanonicalFormatException e) {
      throw AuditProblems.AUDIT_KEYS_UNUSABLE
          .because(folder.path() + ": " + reason(e))
          .toException();
    }
  }

  /// What signs, for the calls that show it.
  public HeadSigner signer() {
    return signer;
  }

  private void tick() {
    ScheduledFuture<?> _ =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                signer.tick();
              } catch (RuntimeException e) {
                log.error("tree head not signed", e);
              }
            },
            TICK_MILLIS,
            TICK_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /// Signs the last receipts. Called after the writer stopped.
  @Override
  public void close() {
    thread.shutdownNow();
    signer.finish();
  }

  /// Ends without a last signature, as with a process that is killed.
  void stop() {
    thread.close();
  }

  private static KeyHistory keysOf(
      AuditFolder folder, Writer writer, InstantSource clock, SecureRandom random)
      throws IOException {
    Optional<KeyHistory> known = folder.keys();
    if (known.isPresent()) {
      return known.get();
    }
    long size = writer.head().leafCount();
    LogSigner first = LogSigner.forNewLog(random);
    KeyHistory keys = KeyHistory.begin(first, size, Times.micros(clock.instant()));
    folder.keep(first, keys);
    if (size > 0) {
      log.warn("no audit key beside the data; a new one begins at receipt {}", size);
    }
    log.info("audit key made key={}", first.key().text());
    note(writer, Receipt.of("action:audit:create_key", "create"), first.key().text());
    return keys;
  }

  private static void check(
      AuditFolder folder,
      KeyHistory keys,
      TreeHead kept,
      boolean acceptRollback,
      Writer writer,
      JobArchive archive)
      throws IOException {
    keys.check(kept);
    LogHead stored = writer.head();
    long size = kept.checkpoint().size();
    if (size > stored.leafCount()) {
      String words =
          "the database has "
              + stored.leafCount()
              + " receipts, "
              + size
              + " were signed, under root "
              + kept.checkpoint().root().hex();
      if (!acceptRollback) {
        throw AuditProblems.AUDIT_ROLLED_BACK
            .because(
                words
                    + " (expected: a database that is no older than "
                    + folder.path()
                    + "; `reeve up --accept-rollback` takes it as it is and says so in the log)")
            .toException();
      }
      log.warn("rollback accepted: {}", words);
      folder.setAside(kept);
      note(writer, Receipt.of("action:audit:accept_rollback", "accept"), words);
    } else if (!rootAt(folder, kept, writer, archive).equals(kept.checkpoint().root())) {
      throw AuditProblems.AUDIT_INCONSISTENT
          .because(
              "the first "
                  + size
                  + " receipts are not those that were signed, under root "
                  + kept.checkpoint().root().hex()
                  + "; `reeve audit verify --data` names what differs")
          .toException();
    }
  }

  /// The root that the database gives at the size of a head.
  private static Bytes rootAt(AuditFolder folder, TreeHead kept, Writer writer, JobArchive archive)
      throws IOException {
    TreeHasher hasher = TreeHasher.create();
    LogHead stored = writer.head();
    long size = kept.checkpoint().size();
    MerkleFrontier edge = MerkleFrontier.read(stored.frontier());
    if (size == stored.leafCount()) {
      return edge.root(hasher);
    }
    Optional<SavedEdge> saved = folder.edge(size).filter(known -> known.fits(kept));
    if (saved.isPresent()) {
      List<Bytes> hashes = hashesFrom(size, stored, archive);
      if (saved.get().frontier().append(hasher, hashes).equals(edge)) {
        return kept.checkpoint().root();
      }
    }
    return new MerkleTree(new ArchivedHashes(archive, writer::edge), hasher).root(size);
  }

  private static List<Bytes> hashesFrom(long size, LogHead stored, JobArchive archive) {
    long position = new ReceiptReader(archive).positionOf(size, stored.position());
    ArchivedLog rows = ArchivedLog.of(stored, archive);
    return new ArrayList<>(StoredLogVerifier.hashesFrom(rows, position - 1, size));
  }

  private static void note(Writer writer, Receipt receipt, String words) {
    Receipt said = receipt.withSubject("", "", Caller.LOCAL_OPERATOR).withRule("", words, "");
    writer.offer(new LogCommand.Note(List.of(said), Answer.none()));
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
