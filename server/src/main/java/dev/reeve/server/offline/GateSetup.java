package dev.reeve.server.offline;

import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cdi.CapabilityCeiling;
import dev.reeve.governance.cdi.ConsciencePack;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.governance.cdi.ConsentSignal;
import dev.reeve.governance.cif.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the `setup` of a line: what was said about consent, who are anchors, what a genome allows.
final class GateSetup {
  static final ConsciencePack PACK = ConsciencePack.builtIn();

  private static final long MICROS_PER_MILLI = 1_000;
  private static final Set<String> CONSENT =
      Set.of("source", "signal", "type", "timestamp", "expires_at", "scope", "evidence");

  private GateSetup() {}

  static ActionCheck.Standing plain() {
    return new ActionCheck.Standing(
        Consent.of(List.of(), PACK.anchors()), CapabilityCeiling.NONE, true, true);
  }

  static ActionCheck.Standing standing(Members setup) {
    setup.allow(Set.of("consent", "anchors", "capabilities", "strict", "conscience"));
    Set<String> anchors =
        setup.value("anchors").isPresent()
            ? new LinkedHashSet<>(setup.texts("anchors"))
            : PACK.anchors();
    return new ActionCheck.Standing(
        Consent.of(signals(setup), anchors),
        ceiling(setup),
        setup.truth("strict", true),
        setup.truth("conscience", true));
  }

  /// A list of signals, or one signal for each source.
  private static List<ConsentSignal> signals(Members setup) {
    List<ConsentSignal> signals = new ArrayList<>();
    JsonValue consent = setup.value("consent").orElseGet(() -> new JsonValue.Items(List.of()));
    switch (consent) {
      case JsonValue.Items items -> {
        for (JsonValue item : items.values()) {
          signals.add(signal(Members.of("setup.consent.", item)));
        }
      }
      case JsonValue.Members members when members.values().containsKey("source") ->
          signals.add(signal(Members.of("setup.consent.", consent)));
      case JsonValue.Members members -> {
        for (Map.Entry<String, JsonValue> entry : members.values().entrySet()) {
          signals.add(
              new ConsentSignal(
                  kind(Members.text("setup.consent." + entry.getKey(), entry.getValue())),
                  entry.getKey(),
                  0,
                  0,
                  ConsentScope.ALL));
        }
      }
      default -> throw Members.wrong("setup.consent", consent, "an array of signals");
    }
    return signals;
  }

  private static ConsentSignal signal(Members signal) {
    signal.allow(CONSENT);
    String kind = signal.text("signal");
    Members scope =
        signal
            .members("scope")
            .orElseGet(() -> new Members("setup.consent.scope.", Map.of()))
            .allow(Set.of("tenant", "principal", "purpose"));
    return new ConsentSignal(
        kind(kind.isEmpty() ? signal.text("type") : kind),
        signal.text("source"),
        time(signal, "timestamp"),
        time(signal, "expires_at"),
        new ConsentScope(scope.text("tenant"), scope.text("principal"), scope.text("purpose")));
  }

  private static ConsentSignal.Kind kind(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "stop" -> ConsentSignal.Kind.STOP;
      case "pause" -> ConsentSignal.Kind.PAUSE;
      case "resume" -> ConsentSignal.Kind.RESUME;
      default ->
          throw Members.wrong(
              "setup.consent.signal", new JsonValue.Text(word), "stop, pause or resume");
    };
  }

  /// Milliseconds since 1970, or RFC 3339.
  private static long time(Members signal, String name) {
    JsonValue value = signal.value(name).orElseGet(() -> new JsonValue.Numeral("0"));
    try {
      return switch (value) {
        case JsonValue.Numeral millis ->
            new BigDecimal(millis.literal())
                .multiply(BigDecimal.valueOf(MICROS_PER_MILLI))
                .longValue();
        case JsonValue.Text text -> Instant.parse(text.value()).toEpochMilli() * MICROS_PER_MILLI;
        default -> throw Members.wrong("setup.consent." + name, value, "a time");
      };
    } catch (DateTimeParseException e) {
      throw Members.wrong("setup.consent." + name, value, "milliseconds or RFC 3339");
    }
  }

  /// An empty list is no ceiling, as in the contract.
  private static CapabilityCeiling ceiling(Members setup) {
    List<CapabilityCeiling.Capability> capabilities = new ArrayList<>();
    for (JsonValue item : setup.items("capabilities")) {
      capabilities.add(
          item instanceof JsonValue.Text action
              ? new CapabilityCeiling.Capability("", "", List.of(action.value()), List.of())
              : capability(Members.of("setup.capabilities.", item)));
    }
    return capabilities.isEmpty() ? CapabilityCeiling.NONE : CapabilityCeiling.of(capabilities);
  }

  private static CapabilityCeiling.Capability capability(Members capability) {
    return new CapabilityCeiling.Capability(
        capability.text("cap_id"),
        capability.text("risk_class"),
        capability.texts("allow_actions"),
        capability.texts("deny_actions"));
  }
}
