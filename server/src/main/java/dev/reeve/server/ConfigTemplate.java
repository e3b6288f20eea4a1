package dev.reeve.server;

import java.util.List;
import java.util.stream.Collectors;

/// The commented configuration file with every key and its default, made from [ConfigKeys].
final class ConfigTemplate {
  private ConfigTemplate() {}

  static String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        "# Configuration of reeve. Every key with its default; remove the # to change one.\n");
    List<String> section = List.of();
    for (ConfigKey key : ConfigKeys.ALL) {
      List<String> path = List.of(key.name().split("\\.", -1));
      List<String> group = path.subList(0, path.size() - 1);
      open(out, section, group);
      section = group;
      String indent = "  ".repeat(group.size());
      out.append(indent).append("# ").append(key.meaning());
      out.append(" Environment: ").append(key.environmentName());
      key.aliases().forEach(alias -> out.append(", ").append(alias));
      out.append(".\n").append('#').append(indent).append(path.getLast()).append(':');
      out.append(key.defaultText().isEmpty() ? "" : " " + key.defaultText()).append('\n');
      if (key.equals(ConfigKeys.TENANT_SHARE_MAX)) {
        shares(out);
      }
    }
    return out.toString();
  }

  /// The lines of the sections that a key is in and the key before was not.
  private static void open(StringBuilder out, List<String> before, List<String> now) {
    int same = 0;
    while (same < Math.min(before.size(), now.size()) && before.get(same).equals(now.get(same))) {
      same++;
    }
    if (same == 0 && !before.equals(now)) {
      out.append('\n');
    }
    for (int depth = same; depth < now.size(); depth++) {
      out.append('#').append("  ".repeat(depth)).append(now.get(depth)).append(":\n");
    }
  }

  private static void shares(StringBuilder out) {
    out.append("  # What a tenant, a tenant not named, or a group of a tenant's jobs may use:\n");
    for (ConfigKey key : ConfigShare.OF_TENANT) {
      out.append("  #   ").append(key.name()).append(": ").append(key.meaning());
      out.append(" (").append(key.defaultText()).append(").\n");
    }
    out.append("#  tenant_default: {").append(defaults(ConfigShare.OF_TENANT)).append("}\n");
    out.append("#  tenants:\n#    TENANT: {weight: 3}\n");
    out.append("#  groups:\n#    GROUP: {").append(defaults(ConfigShare.OF_GROUP)).append("}\n");
  }

  private static String defaults(List<ConfigKey> keys) {
    return keys.stream()
        .map(key -> key.name() + ": " + key.defaultText())
        .collect(Collectors.joining(", "));
  }
}
