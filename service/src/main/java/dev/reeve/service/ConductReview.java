package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cdi.CdiProblems;
import dev.reeve.governance.cdi.OutputCheck;
import dev.reeve.governance.cif.EgressResult;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The last review of what a job gives out: the claims that no output may make, then the boundary's
/// way out. Done once, before the release, so that what is read later is what was looked at.
///
/// Content that is no UTF-8 text is let go: it is nobody's words.
public final class ConductReview implements OutputReview {
  private static final String RULE_PREFIX = "conscience/";

  private final CallGovernance governance;

  public ConductReview(CallGovernance governance) {
    this.governance = governance;
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public Outcome review(Output output) {
    Optional<String> text = text(output.bytes());
    if (text.isEmpty() || text.get().isEmpty()) {
      return new Outcome.Release(Ruling.NONE);
    }
    Optional<JsonValue> document = JsonText.parse(text.get());
    JsonValue value = document.orElseGet(() -> new JsonValue.Text(text.get()));
    List<OutputCheck.Violation> claims = governance.claims(output.job().key().tenant(), value);
    if (!claims.isEmpty()) {
      OutputCheck.Violation claim = claims.getFirst();
      return new Outcome.Quarantine(
          CdiProblems.CDI_OUTPUT_BLOCKED.reason(),
          claim.treaty() + ": " + claim.rule(),
          new Ruling(RULE_PREFIX + claim.rule(), claim.treaty(), ""));
    }
    EgressResult egress = governance.egress(value);
    if (egress.refusal().isPresent()) {
      String why = String.join(", ", egress.violations());
      String code = egress.refusal().get().reason();
      return new Outcome.Quarantine(
          code, shortened(why), new Ruling("boundary/" + code, shortened(why), ""));
    }
    return egress.payload().equals(value)
        ? new Outcome.Release(Ruling.NONE)
        : redacted(egress, document.isPresent());
  }

  private static Outcome redacted(EgressResult egress, boolean document) {
    String left =
        !document && egress.payload() instanceof JsonValue.Text plain
            ? plain.value()
            : JsonText.write(egress.payload());
    String what =
        String.join(
            ", ", egress.findings().stream().map(found -> found.detector()).distinct().toList());
    return new Outcome.Redact(
        Bytes.utf8(left), new Ruling("boundary/personal-data", shortened(what), ""));
  }

  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, text.offsetByCodePoints(0, 150));
  }

  private static Optional<String> text(Bytes bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.unsafeArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
