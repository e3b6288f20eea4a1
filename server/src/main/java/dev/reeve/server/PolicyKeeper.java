package dev.reeve.server;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.StoreException;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.PolicyDiff;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.service.LoadedPolicy;
import dev.reeve.service.PolicyHistory;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.UnenforcedPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the policy files in force. At start a missing or unreadable file stops the server; later
/// the policy that was loaded stays, and health says that a file is gone, broken or says nothing
/// any more. What files stop saying that way is missed by nobody but whom it forbade something, so
/// taking a file away takes a restart.
///
/// [#look] is called by one thread, some fifty times a second; it costs a stat for each file when
/// nothing changed. A policy comes into force after its text was kept in the store and its receipt
/// was written. The text goes first: so there is none that decided and is not kept, but there may
/// be one that is kept and never decided, where the process ended in between.
final class PolicyKeeper {
  private static final Logger log = LoggerFactory.getLogger(PolicyKeeper.class);
  private static final Duration RECEIPT_TIMEOUT = Duration.ofSeconds(5);

  /// How long after a policy could not be recorded it is tried again.
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final String ACTION = "action:policy:load";
  private static final String ACTOR = "server";

  private final PolicyReading reading;
  private final RulesInForce rules;
  private final InstantSource clock;
  private volatile LoadedPolicy loaded = new LoadedPolicy(List.of(), "");
  private volatile @Nullable PolicyHistory history;
  private volatile @Nullable Writer writer;
  private String seen = "";
  private Instant retryAt = Instant.MAX;
  private final AtomicBoolean again = new AtomicBoolean();
  private String failed = "";

  /// Names of the files that spoke when the policy in force was loaded.
  private Set<String> speaking = Set.of();

  private PolicyKeeper(PolicyReading reading, RulesInForce rules, InstantSource clock) {
    this.reading = reading;
    this.rules = rules;
    this.clock = clock;
  }

  /// Loads the policy at start. Before anything is decided by it, it has to be kept: [#keepIn].
  ///
  /// @throws dev.reeve.base.ProblemException naming file and reason
  static PolicyKeeper open(PolicyReading reading, RulesInForce rules, InstantSource clock) {
    PolicyKeeper keeper = new PolicyKeeper(reading, rules, clock);
    try {
      keeper.seen = reading.stamp();
      PolicyReading.Read read = reading.read();
      PolicySnapshot snapshot = keeper.usable(read);
      keeper.inForce(snapshot, read);
    } catch (IOException e) {
      throw ServerProblems.POLICY_FILE_UNREADABLE
          .because("policy.file: " + reading + " (" + reason(e) + ")")
          .toException();
    }
    return keeper;
  }

  /// From now on changes are kept with their text; keeps that of the policy of the start. Blocks.
  ///
  /// @throws StoreException when that is not known to be kept
  void keepIn(PolicyHistory keeping) throws StoreException {
    keeping.add(rules.snapshotId(), clock.instant(), reading.toString(), loaded.files());
    history = keeping;
  }

  /// From now on changes have receipts; writes that of the policy of the start.
  void recordWith(Writer log) {
    writer = log;
    log.offer(
        new LogCommand.Note(
            List.of(receipt(rules.snapshot(), "in force at the start")), Answer.none()));
  }

  /// Why the policy in force is not that of the files; empty when it is.
  String trouble() {
    return loaded.trouble();
  }

  /// What the policy in force was made of.
  LoadedPolicy loaded() {
    return loaded;
  }

  /// Names of the files.
  String files() {
    return reading.toString();
  }

  /// The next look loads the files whether they seem to have changed or not. From any thread.
  void again() {
    again.set(true);
  }

  /// Loads the files again when one changed.
  void look() {
    boolean asked = again.getAndSet(false);
    try {
      String stamp = reading.stamp();
      boolean known = trouble().isEmpty() || stamp.equals(failed);
      if (!asked && stamp.equals(seen) && known && clock.instant().isBefore(retryAt)) {
        return;
      }
      seen = stamp;
      retryAt = Instant.MAX;
      reload(stamp);
    } catch (IOException e) {
      complain("policy file " + reading + " cannot be read: " + reason(e));
    }
  }

  private void reload(String stamp) throws IOException {
    PolicyReading.Read read = reading.read();
    try {
      PolicySnapshot snapshot = usable(read);
      checkNoneFellSilent(read);
      put(snapshot, read);
    } catch (ProblemException e) {
      failed = stamp;
      complain(e.problem().message());
    }
  }

  /// A file that is cut before it is written again must not open a door meanwhile.
  private void checkNoneFellSilent(PolicyReading.Read read) {
    Set<String> now = read.speaking();
    List<String> silent = speaking.stream().filter(file -> !now.contains(file)).toList();
    if (silent.isEmpty()) {
      return;
    }
    String file = silent.getFirst();
    boolean isThere = read.files().stream().anyMatch(one -> one.source().name().equals(file));
    throw ServerProblems.POLICY_FILE_UNREADABLE
        .because(
            file
                + (isThere
                    ? ": empty (expected: a policy, or a restart to do without it)"
                    : ": gone (expected: the file, or a restart to do without it)"))
        .toException();
  }

  /// The policy of what was read.
  ///
  /// @throws dev.reeve.base.ProblemException when it is none, is not signed or cannot be enforced
  private PolicySnapshot usable(PolicyReading.Read read) {
    if (!read.unsigned().isEmpty()) {
      throw ServerProblems.POLICY_SIGNATURE_INVALID
          .because(
              read.unsigned().getFirst()
                  + ": no good signature beside it (expected: "
                  + read.unsigned().getFirst().getFileName()
                  + PolicySignatures.SUFFIX
                  + " by the key of policy.public_key)")
          .toException();
    }
    PolicyLoad load = read.load();
    PolicySnapshot snapshot = load.orThrow(reading.toString());
    List<String> parts = UnenforcedPolicy.partsOf(snapshot.document(), rules.scanner());
    if (!parts.isEmpty()) {
      throw ServerProblems.POLICY_NOT_ENFORCED
          .because(reading + ": this version cannot enforce\n  " + String.join("\n  ", parts))
          .toException();
    }
    return snapshot;
  }

  private void put(PolicySnapshot snapshot, PolicyReading.Read read) {
    if (snapshot.id().equals(rules.snapshotId())) {
      speaking = read.speaking();
      loaded = new LoadedPolicy(read.files(), "");
    } else {
      int changes = PolicyDiff.between(rules.snapshot().document(), snapshot.document()).size();
      keep(snapshot, read);
      write(receipt(snapshot, changes + " changes after " + rules.snapshotId()));
      inForce(snapshot, read);
      log.info("policy loaded snapshot={}", snapshot.id());
    }
    failed = "";
  }

  private void inForce(PolicySnapshot snapshot, PolicyReading.Read read) {
    rules.replace(snapshot);
    speaking = read.speaking();
    loaded = new LoadedPolicy(read.files(), "");
  }

  private static Receipt receipt(PolicySnapshot snapshot, String words) {
    return Receipt.of(ACTION, "allow")
        .withSubject("", "", ACTOR)
        .withRule("", words, snapshot.id());
  }

  /// Returns when the text is on disk.
  ///
  /// @throws dev.reeve.base.ProblemException when it cannot be kept
  private void keep(PolicySnapshot snapshot, PolicyReading.Read read) {
    PolicyHistory keeping = history;
    if (keeping == null) {
      return;
    }
    try {
      keeping.add(snapshot.id(), clock.instant(), reading.toString(), read.files());
    } catch (StoreException e) {
      retryAt = clock.instant().plus(RETRY);
      throw ServerProblems.POLICY_NOT_RECORDED
          .because("the text of the new policy cannot be kept now: " + e.getMessage())
          .toException();
    }
  }

  /// Returns when the receipt is on disk.
  ///
  /// @throws dev.reeve.base.ProblemException when it cannot be written
  private void write(Receipt receipt) {
    Writer log = writer;
    if (log == null) {
      return;
    }
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    log.offer(
        new LogCommand.Note(
            List.of(receipt),
            new Answer<>() {
              @Override
              public void done(Boolean outcome) {
                written.complete(outcome);
              }

              @Override
              public void refused(Problem problem) {
                written.completeExceptionally(problem.toException());
              }
            }));
    try {
      boolean _ = written.get(RECEIPT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      retryAt = clock.instant().plus(RETRY);
      throw ServerProblems.POLICY_NOT_RECORDED
          .because("the receipt of the new policy cannot be written now")
          .toException();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServerProblems.POLICY_NOT_RECORDED.because("the server stops").toException();
    }
  }

  private void complain(String message) {
    LoadedPolicy now = loaded;
    if (!message.equals(now.trouble())) {
      log.warn("policy not loaded, the one before stays reason={}", message);
    }
    loaded = new LoadedPolicy(now.files(), message);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
