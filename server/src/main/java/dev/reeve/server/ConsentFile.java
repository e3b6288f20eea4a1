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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The consent that stands, in `DATA/governance/consent.json`. What has expired is left out when
/// the file is written again. Safe on any thread.
final class ConsentFile implements ConsentBook {
  private static final int SIZE_MAX = 64 * 1024 * 1024;

  private final Path file;
  private volatile ConsentRegister register;

  private ConsentFile(Path file, ConsentRegister register) {
    this.file = file;
    this.register = register;
  }

  /// Reads what stood.
  ///
  /// @param anchors whose stop and pause halt everybody
  /// @throws dev.reeve.base.ProblemException `CONSENT_UNREADABLE`: a server that does not know who
  ///   said stop does not start
  static ConsentFile open(Path data, Set<String> anchors) {
    Path file = data.resolve("governance").resolve("consent.json");
    try {
      List<ConsentRegister.Said> said =
          GovernanceFiles.read(file, SIZE_MAX).map(ConsentFile::decode).orElse(List.of());
      return new ConsentFile(file, ConsentRegister.of(said, anchors));
    } catch (IOException | IllegalArgumentException | CanonicalFormatException e) {
      throw ServerProblems.CONSENT_UNREADABLE
          .because(file + ": " + e.getMessage() + " (expected: what this server wrote)")
          .toException();
    }
  }

  @Override
  public ConsentRegister current() {
    return register;
  }

  @Override
  public synchronized void put(ConsentRegister.Said said) throws IOException {
    ConsentRegister next = register.with(said);
    register = next;
    GovernanceFiles.writeDurably(file, encode(next));
  }

  @Override
  public synchronized List<ConsentRegister.Said> lift(ConsentRegister.Said resume)
      throws IOException {
    List<ConsentRegister.Said> lifted = register.liftedBy(resume);
    ConsentRegister next = register.without(lifted, resume.signal().atMicros());
    GovernanceFiles.writeDurably(file, encode(next));
    register = next;
    return lifted;
  }

  /// Forgets what has expired; it is left out of the file when that is written next.
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
