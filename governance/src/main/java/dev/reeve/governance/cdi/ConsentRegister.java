package dev.reeve.governance.cdi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Everything that was said about consent and stands. Immutable.
///
/// What stands is weakened by a resume alone: a pause does not replace a stop, and saying the same
/// again for a shorter time does not shorten it.
public final class ConsentRegister {
  /// A signal with what is known about it.
  ///
  /// @param signal the signal
  /// @param by the principal who said it, on behalf of its source
  /// @param evidence why, or where that is written; may be empty
  /// @param byOperator whether the operator said it, who alone takes it back then
  public record Said(ConsentSignal signal, String by, String evidence, boolean byOperator) {}

  private final List<Said> said;
  private final Set<String> anchors;
  private final Consent consent;

  private ConsentRegister(List<Said> said, Set<String> anchors) {
    this.said = List.copyOf(said);
    this.anchors = Set.copyOf(anchors);
    this.consent = Consent.standing(said.stream().map(Said::signal).toList(), anchors);
  }

  /// @param said stops and pauses that stand
  /// @param anchors who may halt everybody
  public static ConsentRegister of(List<Said> said, Set<String> anchors) {
    return new ConsentRegister(said, anchors);
  }

  /// Stops and pauses in the order they were said; expired ones may be among them.
  public List<Said> said() {
    return said;
  }

  /// The same for whoever asks whether somebody may act.
  public Consent consent() {
    return consent;
  }

  /// Whether the signals of this source halt everybody.
  public boolean isAnchor(String source) {
    return anchors.contains(source.strip());
  }

  /// How many signals of a source stand.
  public long count(String source) {
    return said.stream().filter(one -> isOf(one.signal(), source)).count();
  }

  /// With a stop or pause more, without what has expired.
  public ConsentRegister with(Said more) {
    ConsentSignal signal = more.signal();
    List<Said> next = new ArrayList<>();
    long expires = signal.expiresAtMicros();
    for (Said one : current(signal.atMicros())) {
      if (one.byOperator() == more.byOperator() && isSame(one.signal(), signal)) {
        expires = later(expires, one.signal().expiresAtMicros());
      } else {
        next.add(one);
      }
    }
    next.add(
        new Said(
            new ConsentSignal(
                signal.kind(), signal.source().strip(), signal.atMicros(), expires, signal.scope()),
            more.by(),
            more.evidence(),
            more.byOperator()));
    return new ConsentRegister(next, anchors);
  }

  /// What a resume takes back: all that its source said before within its scope; what the operator
  /// said, only when they say the resume too.
  public List<Said> liftedBy(Said more) {
    return within(more.signal()).stream()
        .filter(one -> more.byOperator() || !one.byOperator())
        .toList();
  }

  /// What the source of a resume said before within its scope, whoever may take it back.
  public List<Said> within(ConsentSignal resume) {
    return said.stream()
        .filter(one -> isOf(one.signal(), resume.source()))
        .filter(one -> one.signal().scope().isWithin(resume.scope()))
        .filter(one -> one.signal().atMicros() <= resume.atMicros())
        .toList();
  }

  /// Without these, and without what has expired.
  public ConsentRegister without(List<Said> lifted, long nowMicros) {
    List<Said> next = new ArrayList<>(current(nowMicros));
    next.removeAll(lifted);
    return new ConsentRegister(next, anchors);
  }

  /// What has not expired.
  public List<Said> current(long nowMicros) {
    return said.stream().filter(one -> one.signal().isCurrent(nowMicros)).toList();
  }

  private static boolean isOf(ConsentSignal signal, String source) {
    return signal.source().strip().equals(source.strip());
  }

  private static boolean isSame(ConsentSignal one, ConsentSignal other) {
    return one.kind() == other.kind()
        && isOf(one, other.source())
        && one.scope().equals(other.scope());
  }

  private static long later(long one, long other) {
    return one == 0 || other == 0 ? 0 : Math.max(one, other);
  }
}
