package dev.reeve.server;

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
      out.append(".\n").append('#').append(indent).append(leaf).append(": ");
      out.append(key.defaultText()).append('\n');
    }
    return out.toString();
  }
}
