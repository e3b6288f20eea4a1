package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.governance.cdi.ConsentRegister;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.ConsentSignal;
import dev.reeve.ledger.Receipt;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Says stop, pause or resume for somebody, and tells what stands.
///
/// A stop or pause is in force and on disk before its receipt is written, a resume after: what
/// fails in between leaves more halted, never less. The receipt's leaf in the signed log is the
/// signature of a signal.
public final class SignalConsent {
  /// The anchor that an admin speaks as.
  public static final String ADMIN = "admin";

  private static final String ACTION = "action:consent:signal";
  private static final int SIGNALS_MAX = 10_000;
  private static final int SIGNALS_OF_ONE_MAX = 100;

  /// No tenant takes the room of another.
  private static final int SIGNALS_OF_TENANT_MAX = 1_000;

  private final ConsentBook book;
  private final RulesInForce rules;
  private final Writer writer;
  private final InstantSource clock;
  private final Executor blocking;
  private volatile ConsentPurposes purposes = ConsentPurposes.ANY;

  /// @param blocking runs what writes the book
  public SignalConsent(
      ConsentBook book, RulesInForce rules, Writer writer, InstantSource clock, Executor blocking) {
    this.book = book;
    this.rules = rules;
    this.writer = writer;
    this.clock = clock;
    this.blocking = blocking;
  }

  /// What may be halted, once it is known which actions there are.
  public void take(ConsentPurposes known) {
    purposes = known;
  }

  /// What may be halted.
  public ConsentPurposes purposes() {
    return purposes;
  }

  /// What somebody wants to say.
  ///
  /// @param source on whose behalf; empty for the caller's own
  /// @param expiresAtMicros 0 for never
  /// @param evidence why; for the receipt
  public record Wish(
      ConsentSignal.Kind kind,
      String source,
      ConsentScope scope,
      long expiresAtMicros,
      String evidence) {}

  /// What became of it.
  ///
  /// @param said the signal as it was kept
  /// @param lifted what a resume took back
  public record Outcome(ConsentRegister.Said said, List<ConsentRegister.Said> lifted) {}

  /// Blocks for the write of the book. The future fails with [dev.reeve.base.ProblemException] when
  /// the receipt cannot be written.
  ///
  /// @throws dev.reeve.base.ProblemException when the caller may not say it, or it cannot be kept
  public CompletableFuture<Outcome> signal(Caller caller, Wish wish) {
    String source = source(caller, wish);
    ConsentSignal signal =
        new ConsentSignal(
            wish.kind(),
            source,
            Times.micros(clock.instant()),
            wish.kind() == ConsentSignal.Kind.RESUME ? 0 : wish.expiresAtMicros(),
            scope(caller, wish.scope()));
    ConsentRegister.Said said =
        new ConsentRegister.Said(
            signal, caller.principal(), wish.evidence(), caller.localOperator());
    if (wish.kind() == ConsentSignal.Kind.RESUME) {
      checkMayLift(said);
      return written(caller, said).thenApplyAsync(_ -> new Outcome(said, lifted(said)), blocking);
    }
    checkRoom(caller, source, signal.scope());
    keep(said);
    return written(caller, said).thenApply(_ -> new Outcome(said, List.of()));
  }

  /// What stands, as far as the caller may see it: the operator of this machine all, an admin what
  /// is about their tenant, and everybody their own and what anchors said about everybody or about
  /// their tenant.
  public List<ConsentRegister.Said> standing(Caller caller) {
    ConsentRegister register = book.current();
    return register.current(Times.micros(clock.instant())).stream()
        .filter(one -> caller.localOperator() || concerns(register, one.signal(), caller))
        .toList();
  }

  private static boolean concerns(ConsentRegister register, ConsentSignal signal, Caller caller) {
    String tenant = signal.scope().tenant();
    return signal.source().equals(caller.principal())
        || (caller.role() == Role.ADMIN && tenant.equals(caller.tenant()))
        || (register.isAnchor(signal.source())
            && (tenant.isEmpty() || tenant.equals(caller.tenant())));
  }

  private String source(Caller caller, Wish wish) {
    boolean admin = caller.role() == Role.ADMIN;
    boolean speaksAsAnchor = admin && book.current().isAnchor(ADMIN);
    String own = speaksAsAnchor ? ADMIN : caller.principal();
    String source = wish.source().isBlank() ? own : wish.source().strip();
    boolean allowed =
        admin || (source.equals(caller.principal()) && !book.current().isAnchor(source));
    if (!allowed) {
      throw ServiceProblems.ROLE_DENIED
          .because("source: not the caller's own (expected: an admin, or no source)")
          .toException();
    }
    return source;
  }

  /// Whoever is not the operator of this machine speaks within their tenant, and whoever is no
  /// admin for themselves.
  private static ConsentScope scope(Caller caller, ConsentScope wished) {
    if (caller.localOperator()) {
      return wished;
    }
    boolean ownTenant = wished.tenant().isEmpty() || wished.tenant().equals(caller.tenant());
    boolean self =
        caller.role() == Role.ADMIN
            || wished.principal().isEmpty()
            || wished.principal().equals(caller.principal());
    if (!ownTenant || !self) {
      throw ServiceProblems.ROLE_DENIED
          .because("scope: beyond the caller's own (expected: their tenant and themselves)")
          .toException();
    }
    return new ConsentScope(caller.tenant(), wished.principal(), wished.purpose());
  }

  /// An anchor can always stop everything.
  private void checkRoom(Caller caller, String source, ConsentScope scope) {
    ConsentRegister now = book.current();
    if (now.isAnchor(source) && scope.equals(ConsentScope.ALL)) {
      return;
    }
    boolean anchor = now.isAnchor(source);
    int max = anchor ? SIGNALS_MAX : SIGNALS_OF_ONE_MAX;
    boolean tenantFull =
        !caller.localOperator()
            && now.said().stream()
                    .filter(one -> one.signal().scope().tenant().equals(caller.tenant()))
                    .count()
                >= SIGNALS_OF_TENANT_MAX;
    if (tenantFull || now.count(source) >= max || (!anchor && now.said().size() >= SIGNALS_MAX)) {
      throw ServiceProblems.CONSENT_FULL
          .because("signals: too many stand (expected: resume some, or a wider scope)")
          .toException();
    }
  }

  private void keep(ConsentRegister.Said said) {
    try {
      book.put(said);
    } catch (IOException e) {
      throw notKept(e).toException();
    } finally {
      rules.changed();
    }
  }

  /// What the operator said, they alone take back; to answer that nothing was lifted would tell
  /// nobody why everything still stands.
  private void checkMayLift(ConsentRegister.Said resume) {
    ConsentRegister now = book.current();
    if (now.liftedBy(resume).isEmpty() && !now.within(resume.signal()).isEmpty()) {
      throw ServiceProblems.ROLE_DENIED
          .because("resume: the operator said what stands (expected: the operator resumes it)")
          .toException();
    }
  }

  private List<ConsentRegister.Said> lifted(ConsentRegister.Said resume) {
    try {
      return book.lift(resume);
    } catch (IOException e) {
      throw notKept(e).toException();
    } finally {
      rules.changed();
    }
  }

  private static Problem notKept(IOException cause) {
    return ServiceProblems.CONSENT_NOT_KEPT
        .because("signal: not kept (expected: a data directory that can be written)")
        .withDetail(String.valueOf(cause.getMessage()));
  }

  private CompletableFuture<Boolean> written(Caller caller, ConsentRegister.Said said) {
    ConsentSignal signal = said.signal();
    String scope =
        String.join(
            "/", signal.scope().tenant(), signal.scope().principal(), signal.scope().purpose());
    String whole =
        String.join(
            "\n",
            signal.kind().name(),
            signal.source(),
            scope,
            Long.toString(signal.atMicros()),
            Long.toString(signal.expiresAtMicros()),
            said.evidence());
    Receipt receipt =
        Receipt.of(ACTION, signal.kind().name().toLowerCase(Locale.ROOT))
            .withSubject(caller.tenant(), "", caller.principal())
            .withRule(
                "consent", (signal.source() + " " + scope + " " + said.evidence()).strip(), "")
            .withInput(Sha256.of(Bytes.utf8(whole)));
    PendingAnswer<Boolean> written = new PendingAnswer<>();
    writer.offer(new LogCommand.Note(List.of(receipt), written));
    return written.future();
  }
}
