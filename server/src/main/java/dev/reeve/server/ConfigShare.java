package dev.reeve.server;

import dev.reeve.base.Ids;
import dev.reeve.base.Text;
import dev.reeve.engine.EngineLimits;
import dev.reeve.server.ConfigKey.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the configuration file says of one tenant, of tenants not named, or of one group of jobs:
/// `limits.tenants.NAME`, `limits.tenant_default`, `limits.groups.NAME`. Only the file can say it.
///
/// @param section `limits.tenants`, `limits.tenant_default` or `limits.groups`
/// @param name the tenant or group; empty for tenants not named
record ConfigShare(String section, String name) {
  static final String TENANTS = "limits.tenants";
  static final String TENANT_DEFAULT = "limits.tenant_default";
  static final String GROUPS = "limits.groups";

  static final List<String> SECTIONS = List.of(TENANTS, TENANT_DEFAULT, GROUPS);

  static final ConfigKey WEIGHT =
      ConfigKey.of(
          "weight", Kind.WEIGHT, "1", "Share of the executors against others that wait, 1 to 1000");
  static final ConfigKey RUNNING_MAX =
      ConfigKey.of("running_max", Kind.COUNT_OR_NONE, "0", "Jobs running at once; 0 for no limit");
  static final ConfigKey STARTS_PER_SECOND =
      ConfigKey.of("starts_per_second", Kind.RATE, "0", "Jobs started per second; 0 for no limit");
  static final ConfigKey STARTS_BURST =
      ConfigKey.of("starts_burst", Kind.COUNT, "1", "Jobs started at once after a quiet time");

  /// The keys of one share. A group has no weight: it stands in its tenant's line.
  static final List<ConfigKey> OF_TENANT =
      List.of(WEIGHT, RUNNING_MAX, STARTS_PER_SECOND, STARTS_BURST);

  static final List<ConfigKey> OF_GROUP = List.of(RUNNING_MAX, STARTS_PER_SECOND, STARTS_BURST);

  /// The share that a path of the file speaks of, without its last part.
  static Optional<ConfigShare> of(List<String> path) {
    String section = String.join(".", path.subList(0, Math.min(2, path.size())));
    return switch (section) {
      case TENANTS, GROUPS ->
          path.size() == 3 ? Optional.of(new ConfigShare(section, path.get(2))) : Optional.empty();
      case TENANT_DEFAULT ->
          path.size() == 2 ? Optional.of(new ConfigShare(section, "")) : Optional.empty();
      default -> Optional.empty();
    };
  }

  List<ConfigKey> keys() {
    return section.equals(GROUPS) ? OF_GROUP : OF_TENANT;
  }

  /// The key as it is shown.
  String path(ConfigKey key) {
    return name.isEmpty() ? section + "." + key.name() : section + "." + name + "." + key.name();
  }

  /// What is wrong with the name; empty when it can be a tenant's or a group's.
  Optional<String> trouble() {
    boolean fine =
        switch (section) {
          case TENANTS -> Ids.isTenant(name);
          case GROUPS -> !name.isBlank();
          default -> true;
        };
    return fine
        ? Optional.empty()
        : Optional.of(
            section + ": " + Text.quoteForMessage(name) + " (expected: " + Ids.TENANT_SHAPE + ")");
  }

  /// The share that these texts make; each was found readable before.
  static EngineLimits.Share read(Map<ConfigKey, ConfigValue> texts) {
    return new EngineLimits.Share(
        Integer.parseInt(text(texts, WEIGHT)),
        Integer.parseInt(text(texts, RUNNING_MAX)),
        Double.parseDouble(text(texts, STARTS_PER_SECOND)),
        Integer.parseInt(text(texts, STARTS_BURST)));
  }

  private static String text(Map<ConfigKey, ConfigValue> texts, ConfigKey key) {
    ConfigValue value = texts.get(key);
    return value == null ? key.defaultText() : value.text();
  }
}
