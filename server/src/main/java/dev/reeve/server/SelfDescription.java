package dev.reeve.server;

import dev.reeve.base.Check;
import dev.reeve.cli.BuildVersion;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.LogHead;
import dev.reeve.gateway.reeve.ServerDescription;
import dev.reeve.service.bus.Bus;
import dev.reeve.service.decider.DeciderStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What this server tells of itself. The listeners are known once they are bound.
final class SelfDescription implements ServerDescription {
  private static final int DATA_FORMAT = 1;

  private final ServerConfig config;
  private final Map<String, ConfigValue> values;
  private final Writer writer;
  private final PolicyKeeper policy;
  private final Deciders deciders;
  private final GovernanceState governance;
  private final Bus bus;
  private final long startedAtMicros;
  private volatile List<Listener> listeners = List.of();

  SelfDescription(
      ServerConfig config,
      Map<String, ConfigValue> values,
      Writer writer,
      PolicyKeeper policy,
      Deciders deciders,
      GovernanceState governance,
      Bus bus,
      long startedAtMicros) {
    Check.argument(startedAtMicros > 0, "started_at: %s (expected: > 0)", startedAtMicros);
    this.config = config;
    this.values = Map.copyOf(values);
    this.writer = writer;
    this.policy = policy;
    this.deciders = deciders;
    this.governance = governance;
    this.bus = bus;
    this.startedAtMicros = startedAtMicros;
  }

  void listening(List<Listener> bound) {
    listeners = List.copyOf(bound);
  }

  @Override
  public ServerInfo info() {
    LogHead head = writer.head();
    boolean sqlite = config.store().equals("sqlite");
    String kind = sqlite ? "sqlite" : "postgresql";
    String location = sqlite ? config.data().toString() : withoutCredentials(config.store());
    return new ServerInfo(
        BuildVersion.text(),
        DATA_FORMAT,
        startedAtMicros,
        List.of(
            new StoreInfo("log", kind, location, head.position(), head.epoch()),
            new StoreInfo("blobs", sqlite ? "files" : kind, location, 0, 0)),
        listeners,
        health(),
        governance.posture().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public List<ConfigEntry> config() {
    List<ConfigEntry> entries = new ArrayList<>();
    Map<String, ConfigKey> keys =
        ConfigKeys.ALL.stream().collect(Collectors.toMap(ConfigKey::name, Function.identity()));
    values.forEach((name, value) -> entries.add(entry(name, value, keys.get(name))));
    entries.sort(Comparator.comparing(ConfigEntry::key));
    return entries;
  }

  /// @param key the key of that name; none for the shares of tenants and groups
  private static ConfigEntry entry(String name, ConfigValue value, @Nullable ConfigKey key) {
    boolean secret =
        (ConfigKeys.STORE.equals(key) || BusKeys.URL.equals(key) || CapKeys.REDIS_URL.equals(key))
            && value.text().contains("@");
    return new ConfigEntry(
        name,
        secret ? withoutCredentials(value.text()) : value.text(),
        key == null ? Source.FILE : source(key, value),
        value.source().equals("default") ? "" : value.source(),
        secret,
        key != null && key.reloadable());
  }

  private List<Health> health() {
    List<Health> parts =
        new ArrayList<>(List.of(writerHealth(), policyHealth(), governanceHealth()));
    deciders.statuses().forEach(decider -> parts.add(health(decider)));
    parts.add(busHealth());
    return parts;
  }

  private static Health health(DeciderStatus decider) {
    return decider.isWell()
        ? new Health("decider " + decider.name(), Standing.SERVING, "")
        : new Health("decider " + decider.name(), Standing.DEGRADED, decider.trouble());
  }

  private Health busHealth() {
    String trouble = bus.health().complaint();
    return trouble.isEmpty()
        ? new Health("bus", Standing.SERVING, "")
        : new Health("bus", Standing.DEGRADED, trouble);
  }

  private Health governanceHealth() {
    List<String> troubles = governance.troubles();
    Standing standing =
        governance.serving()
            ? troubles.isEmpty() ? Standing.SERVING : Standing.DEGRADED
            : Standing.NOT_SERVING;
    return new Health("governance", standing, String.join("; ", troubles));
  }

  private Health writerHealth() {
    return switch (writer.health().state()) {
      case WRITING -> new Health("writer", Standing.SERVING, "");
      case STORE_FULL -> new Health("writer", Standing.DEGRADED, "the store is full");
      case STORE_DOWN -> new Health("writer", Standing.NOT_SERVING, "the store does not answer");
      case STOPPED -> new Health("writer", Standing.NOT_SERVING, "another node writes the log");
    };
  }

  private Health policyHealth() {
    String trouble = policy.trouble();
    return trouble.isEmpty()
        ? new Health("policy", Standing.SERVING, "")
        : new Health("policy", Standing.DEGRADED, trouble);
  }

  private static Source source(ConfigKey key, ConfigValue value) {
    if (value.source().equals("default")) {
      return Source.DEFAULT;
    }
    if (value.source().equals("flag")) {
      return Source.FLAG;
    }
    if (value.source().equals(key.environmentName())) {
      return Source.ENVIRONMENT;
    }
    return key.aliases().contains(value.source()) ? Source.ALIAS : Source.FILE;
  }

  static String withoutCredentials(String address) {
    return address.replaceAll("//[^@/]*@", "//***@");
  }
}
