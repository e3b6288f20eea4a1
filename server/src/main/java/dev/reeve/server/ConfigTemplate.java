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
    String section = "";
    for (ConfigKey key : ConfigKeys.ALL) {
      int dot = key.name().indexOf('.');
      String group = dot < 0 ? "" : key.name().substring(0, dot);
      String leaf = key.name().substring(dot + 1);
      if (!group.equals(section)) {
        out.append('\n');
        if (!group.isEmpty()) {
          out.append('#').append(group).append(":\n");
        }
        section = group;
      }
      String indent = group.isEmpty() ? "" : "  ";
      out.append(indent).append("# ").append(key.meaning());
      out.append(" Environment: ").append(key.environmentName());
      key.aliases().forEach(alias -> out.append(", ").append(alias));
      out.append(".\n").append('#').append(indent).append(leaf).append(':');
      out.append(key.defaultText().isEmpty() ? "" : " " + key.defaultText()).append('\n');
      if (key.equals(ConfigKeys.TENANT_SHARE_MAX)) {
        shares(out);
      }
    }
    return out.toString();
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
