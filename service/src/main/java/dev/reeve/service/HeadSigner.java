package dev.reeve.service;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.TreeEdge;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.LogHead;
import dev.reeve.ledger.Checkpoint;
import dev.reeve.ledger.KeyHistory;
import dev.reeve.ledger.LogSigner;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.TreeHasher;
import dev.reeve.ledger.TreeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signs the head of the receipts after commits, at most once a second, and keeps what it signed
/// before anybody sees it. Safe on any thread.
public final class HeadSigner {
  private static final Logger log = LoggerFactory.getLogger(HeadSigner.class);
  private static final String ROTATE = "action:audit:rotate_key";

  /// A little less than a second, so that with the ticks it stays within one.
  private static final long MICROS_BETWEEN = 850_000;

  private static final long AWAIT_MILLIS = 50;

  private final Writer writer;
  private final Keeper keeper;
  private final InstantSource clock;
  private final SecureRandom random;

  @GuardedBy("this")
  private Signed signed;

  @GuardedBy("this")
  private LogSigner signer;

  @GuardedBy("this")
  private boolean failing;

  /// Where heads and keys are kept. Called by one thread at a time; durable on return.
  public interface Keeper {
    /// Keeps a head in place of the one before.
    ///
    /// @param edge where the receipts stood
    void keep(TreeHead head, TreeEdge edge) throws IOException;

    /// Keeps a key and the history that it ends, and forgets the private key before it.
    void keep(LogSigner next, KeyHistory keys) throws IOException;
  }

  /// The newest signed head and the keys of its log.
  ///
  /// @param head newest head
  /// @param keys all keys, the one in force last
  public record Signed(TreeHead head, KeyHistory keys) {}

  private HeadSigner(
      Writer writer,
      Keeper keeper,
      InstantSource clock,
      SecureRandom random,
      Signed signed,
      LogSigner signer) {
    this.writer = writer;
    this.keeper = keeper;
    this.clock = clock;
    this.random = random;
    this.signed = signed;
    this.signer = signer;
  }

  /// Signs where the log stands now, unless that was signed before, and is ready to tick.
  ///
  /// @param kept the head that was signed last
  /// @param signer the key in force
  /// @param keys the history that it ends
  public static HeadSigner start(
      Writer writer,
      LogSigner signer,
      KeyHistory keys,
      Optional<TreeHead> kept,
      Keeper keeper,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    TreeEdge edge = writer.edge();
    TreeHead head =
        kept.filter(last -> last.checkpoint().size() == edge.head().leafCount())
            .orElseGet(() -> sign(edge.head(), signer, clock));
    if (kept.isEmpty() || !kept.get().equals(head)) {
      keeper.keep(head, edge);
    }
    return new HeadSigner(writer, keeper, clock, random, new Signed(head, keys), signer);
  }

  /// The newest signed head.
  public synchronized Signed signed() {
    return signed;
  }

  /// Signs when there is something new and the last time is long enough ago. Called about ten times
  /// a second.
  public synchronized void tick() {
    long now = Times.micros(clock.instant());
    Checkpoint last = signed.head().checkpoint();
    boolean news = writer.edge().head().leafCount() > last.size();
    if (news && (now - last.atMicros() >= MICROS_BETWEEN || now < last.atMicros())) {
      signNow();
    }
  }

  /// Signs what is not signed yet, before a stop.
  public synchronized void finish() {
    if (writer.edge().head().leafCount() > signed.head().checkpoint().size()) {
      signNow();
    }
  }

  @GuardedBy("this")
  private void signNow() {
    TreeEdge edge = writer.edge();
    TreeHead head = sign(edge.head(), signer, clock);
    try {
      keeper.keep(head, edge);
    } catch (ClosedByInterruptException e) {
      // The server stops, and signs once more when all is written.
      log.debug("signed tree head left to the stop size={}", head.checkpoint().size());
      return;
    } catch (IOException e) {
      // The one before is still true; the next tick tries again.
      if (!failing) {
        log.warn("signed tree head not kept size={}", head.checkpoint().size(), e);
      }
      failing = true;
      return;
    }
    failing = false;
    signed = new Signed(head, signed.keys());
    notifyAll();
  }

  /// Waits until a head covers so many receipts; returns the newest one in any case. Blocks.
  public synchronized Signed await(long size, Duration atMost) throws InterruptedException {
    long deadline = clock.millis() + atMost.toMillis();
    long left = atMost.toMillis();
    while (signed.head().checkpoint().size() < size && left > 0) {
      wait(Math.min(left, AWAIT_MILLIS));
      tick();
      left = deadline - clock.millis();
    }
    return signed;
  }

  /// Puts a new key in force. The log says so in a leaf of its own first; without it nothing
  /// happens. The key before vouches for the new one and signs no larger tree.
  ///
  /// @param blocking runs what writes files
  public CompletableFuture<Signed> rotate(Caller caller, Executor blocking) {
    LogSigner next = LogSigner.forLog(signed().keys().origin(), random);
    PendingAnswer<Boolean> written = new PendingAnswer<>();
    Receipt receipt =
        Receipt.of(ROTATE, "rotate")
            .withSubject(caller.tenant(), "", caller.principal())
            .withRule("", next.key().text(), "");
    writer.offer(new LogCommand.Note(List.of(receipt), written));
    return written.future().thenApplyAsync(_ -> putInForce(next), blocking);
  }

  private synchronized Signed putInForce(LogSigner next) {
    TreeEdge edge = writer.edge();
    KeyHistory keys =
        signed
            .keys()
            .rotatedTo(next.key(), edge.head().leafCount(), Times.micros(clock.instant()), signer);
    TreeHead head = sign(edge.head(), next, clock);
    try {
      keeper.keep(next, keys);
      keeper.keep(head, edge);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    signer = next;
    signed = new Signed(head, keys);
    log.info("audit key rotated key={}", next.key().text());
    notifyAll();
    return signed;
  }

  private static TreeHead sign(LogHead at, LogSigner signer, InstantSource clock) {
    return signer.sign(
        new Checkpoint(
            signer.key().name(),
            at.leafCount(),
            MerkleFrontier.read(at.frontier()).root(TreeHasher.create()),
            Times.micros(clock.instant())));
  }
}
