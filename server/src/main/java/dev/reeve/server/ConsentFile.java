package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.governance.cdi.ConsentRegister;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.ConsentSignal;
import dev.reeve.service.Caller;
import dev.reeve.service.ConsentBook;
import dev.reeve.store.KeptDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The consent that stands, in `DATA/governance/consent.json` and in the store. What has expired is
/// left out when they are written again. Safe on any thread.
final class ConsentFile implements ConsentBook {
  private static final int SIZE_MAX = 64 * 1024 * 1024;
  private static final String NAME = "consent";

  private final KeptFile kept;
  private volatile ConsentRegister register;

  /// Time of the newest signal that was kept; guarded by this.
  private long newestMicros;

  private ConsentFile(KeptFile kept, ConsentRegister register, long newestMicros) {
    this.kept = kept;
    this.register = register;
    this.newestMicros = newestMicros;
  }

  /// Reads what stood: what the store has, and what the file says since. A file that is gone, older
  /// or edited takes nothing back.
  ///
  /// @param anchors whose stop and pause halt everybody
  /// @throws dev.reeve.base.ProblemException `CONSENT_UNREADABLE`: a server that does not know who
  ///   said stop does not start
  static ConsentFile open(Path data, Set<String> anchors, KeptDocuments store) {
    Path file = data.resolve("governance").resolve("consent.json");
    KeptFile kept = new KeptFile(file, SIZE_MAX, NAME, store);
    try {
      Optional<KeptDocuments.Kept> stored = kept.stored();
      return stored.isPresent() ? opened(kept, stored.get(), anchors) : imported(kept, anchors);
    } catch (IOException | IllegalArgumentException | CanonicalFormatException e) {
      throw ServerProblems.CONSENT_UNREADABLE
          .because(file + ": " + e.getMessage() + " (expected: what this server wrote)")
          .toException();
    }
  }

  private static ConsentFile opened(KeptFile kept, KeptDocuments.Kept stored, Set<String> anchors)
      throws IOException {
    List<ConsentRegister.Said> since = saidSince(kept, stored);
    ConsentRegister register = ConsentRegister.of(decode(stored.content()), anchors);
    for (ConsentRegister.Said said : since) {
      register = register.with(said);
    }
    ConsentFile opened = new ConsentFile(kept, register, stored.atMicros());
    if (!since.isEmpty()) {
      opened.keep(register, newest(since));
    } else if (!kept.read().equals(Optional.of(stored.content()))) {
      GovernanceFiles.writeDurably(kept.file(), stored.content());
    }
    return opened;
  }

  /// The stops and pauses of a file that are newer than what the store has.
  private static List<ConsentRegister.Said> saidSince(KeptFile kept, KeptDocuments.Kept stored) {
    try {
      Optional<Bytes> file = kept.read();
      if (file.isEmpty()) {
        kept.complain("is gone");
        return List.of();
      }
      if (file.get().equals(stored.content())) {
        return List.of();
      }
      List<ConsentRegister.Said> since =
          decode(file.get()).stream()
              .filter(said -> said.signal().atMicros() > stored.atMicros())
              .filter(said -> said.signal().kind() != ConsentSignal.Kind.RESUME)
              .toList();
      kept.complain("is another one, with " + since.size() + " newer signals, which are in force");
      return since;
    } catch (IOException | IllegalArgumentException | CanonicalFormatException e) {
      kept.complain("cannot be read: " + e.getMessage());
      return List.of();
    }
  }

  /// A data directory of a version that kept the file alone, or a new one.
  private static ConsentFile imported(KeptFile kept, Set<String> anchors) throws IOException {
    List<ConsentRegister.Said> said = kept.read().map(ConsentFile::decode).orElse(List.of());
    ConsentRegister register = ConsentRegister.of(said, anchors);
    ConsentFile opened = new ConsentFile(kept, register, 0);
    if (!said.isEmpty()) {
      opened.keep(register, newest(said));
    }
    return opened;
  }

  @Override
  public ConsentRegister current() {
    return register;
  }

  @Override
  public synchronized void put(ConsentRegister.Said said) throws IOException {
    ConsentRegister next = register.with(said);
    register = next;
    keep(next, said.signal().atMicros());
  }

  @Override
  public synchronized List<ConsentRegister.Said> lift(ConsentRegister.Said resume)
      throws IOException {
    List<ConsentRegister.Said> lifted = register.liftedBy(resume);
    ConsentRegister next = register.without(lifted, resume.signal().atMicros());
    keep(next, resume.signal().atMicros());
    register = next;
    return lifted;
  }

  /// Forgets what has expired; it is left out when the rest is written next.
  ///
  /// @return whether anything had
  synchronized boolean expire(long nowMicros) {
    ConsentRegister now = register;
    if (now.said().stream().allMatch(one -> one.signal().isCurrent(nowMicros))) {
      return false;
    }
    register = now.without(List.of(), nowMicros);
    return true;
  }

  private synchronized void keep(ConsentRegister next, long atMicros) throws IOException {
    newestMicros = Math.max(newestMicros, atMicros);
    kept.write(encode(next), newestMicros);
  }

  private static long newest(List<ConsentRegister.Said> said) {
    return said.stream().mapToLong(one -> one.signal().atMicros()).max().orElse(0);
  }

  private static Bytes encode(ConsentRegister register) {
    CanonicalWriter out = new CanonicalWriter().beginArray();
    for (ConsentRegister.Said said : register.said()) {
      ConsentSignal signal = said.signal();
      out.beginObject()
          .member("at", signal.atMicros())
          .member("by", said.by())
          .member("evidence", said.evidence())
          .member("expires", signal.expiresAtMicros())
          .member("kind", signal.kind().name())
          .member("operator", said.byOperator())
          .member("principal", signal.scope().principal())
          .member("purpose", signal.scope().purpose())
          .member("source", signal.source())
          .member("tenant", signal.scope().tenant())
          .endObject();
    }
    return out.endArray().toBytes();
  }

  private static List<ConsentRegister.Said> decode(Bytes bytes) {
    List<ConsentRegister.Said> said = new ArrayList<>();
    for (CanonicalObject kept : CanonicalReader.objects(bytes)) {
      said.add(
          new ConsentRegister.Said(
              new ConsentSignal(
                  ConsentSignal.Kind.valueOf(kept.text("kind")),
                  kept.text("source"),
                  kept.number("at"),
                  kept.number("expires"),
                  new ConsentScope(
                      kept.text("tenant"), kept.text("principal"), kept.text("purpose"))),
              kept.text("by"),
              kept.text("evidence"),
              kept.flagOr("operator", kept.text("by").equals(Caller.LOCAL_OPERATOR))));
    }
    return said;
  }
}
