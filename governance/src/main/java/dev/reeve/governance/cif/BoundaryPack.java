package dev.reeve.governance.cif;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rules of the boundary, read from a versioned file. Immutable.
///
/// @param name name of the pack
/// @param version raised with each change of meaning
/// @param limits how large a payload may be
/// @param sanitise what is cut out of what comes in
/// @param handlers what is cut out as an inline handler
/// @param quarantine what is refused and put aside
/// @param personalData what is done to data on its way out, by detector of the scanner
/// @param secrets what may not leave, besides the secrets that the scanner knows
public record BoundaryPack(
    String name,
    int version,
    BoundaryLimits limits,
    List<BoundaryRule> sanitise,
    HandlerAttributes handlers,
    List<BoundaryRule> quarantine,
    Map<String, PersonalDataAction> personalData,
    List<BoundaryRule> secrets) {
  public BoundaryPack {
    sanitise = List.copyOf(sanitise);
    quarantine = List.copyOf(quarantine);
    personalData = Collections.unmodifiableMap(new LinkedHashMap<>(personalData));
    secrets = List.copyOf(secrets);
  }

  /// The pack that is shipped.
  public static BoundaryPack builtIn() {
    return BoundaryPackReader.builtIn();
  }

  /// A pack of the user.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  public static BoundaryPack parse(String yaml) {
    return BoundaryPackReader.parse(yaml);
  }

  /// The same with other limits.
  public BoundaryPack withLimits(BoundaryLimits other) {
    return new BoundaryPack(
        name, version, other, sanitise, handlers, quarantine, personalData, secrets);
  }
}
