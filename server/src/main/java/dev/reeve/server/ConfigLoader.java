package dev.reeve.server;

import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import dev.reeve.engine.EngineLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts the configuration together: flag before environment before declared alias before file
/// before default. All that is wrong is said at once.
public final class ConfigLoader {
  /// What was loaded.
  ///
  /// @param config the configuration
  /// @param values every key with its text and source, for `config print`
  public record Loaded(ServerConfig config, Map<String, ConfigValue> values) {
    public Loaded {
      values = Map.copyOf(values);
    }
  }

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, ConfigValue> values = new LinkedHashMap<>();

  private ConfigLoader(Map<String, String> flags, Map<String, String> environment) {
    this.flags = flags;
    this.environment = environment;
  }

  /// Loads.
  ///
  /// @param flags values given on the command line, by key
  /// @param environment environment variables
  /// @param fileName name of the configuration file for messages; empty for none
  /// @param fileText its text
  /// @param machineMemoryBytes memory of this machine, for the defaults that follow from it
  /// @throws dev.reeve.base.ProblemException `CONFIG_INVALID` with every problem
  public static Loaded load(
      Map<String, String> flags,
      Map<String, String> environment,
      String fileName,
      String fileText,
      long machineMemoryBytes) {
    ConfigLoader loader = new ConfigLoader(flags, environment);
    loader.gather(ConfigFile.read(fileName, fileText));
    loader.check();
    if (!loader.problems.isEmpty()) {
      throw loader.refusal().toException();
    }
    return new Loaded(loader.build(machineMemoryBytes), loader.values);
  }

  private Problem refusal() {
    return ServerProblems.CONFIG_INVALID.because("configuration: " + String.join("\n  ", problems));
  }

  private void gather(ConfigFile.Read file) {
    problems.addAll(file.problems());
    for (ConfigKey key : ConfigKeys.ALL) {
      values.put(key.name(), value(key, file.values()));
    }
  }

  private ConfigValue value(ConfigKey key, Map<String, ConfigValue> file) {
    String flag = flags.get(key.name());
    if (flag != null) {
      return new ConfigValue(flag, "flag");
    }
    Optional<ConfigValue> variable = variable(key);
    if (variable.isPresent()) {
      return variable.get();
    }
    return file.getOrDefault(key.name(), new ConfigValue(key.defaultText(), "default"));
  }

  private Optional<ConfigValue> variable(ConfigKey key) {
    Optional<ConfigValue> own = environmentValue(key.environmentName());
    for (String alias : key.aliases()) {
      Optional<ConfigValue> other = environmentValue(alias);
      if (own.isPresent() && other.isPresent() && !own.get().text().equals(other.get().text())) {
        problems.add(
            alias
                + ": "
                + Text.quoteForMessage(other.get().text())
                + " (expected: the same as "
                + key.environmentName()
                + ", or one of them unset)");
      }
      own = own.or(() -> other);
    }
    return own;
  }

  private Optional<ConfigValue> environmentValue(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty()
        ? Optional.empty()
        : Optional.of(new ConfigValue(value, name));
  }

  private void check() {
    for (ConfigKey key : ConfigKeys.ALL) {
      ConfigValue value = values.getOrDefault(key.name(), new ConfigValue("", "default"));
      if (value.isSet() && !isReadable(key.kind(), value.text())) {
        problems.add(
            key.name()
                + ": "
                + Text.quoteForMessage(value.text())
                + " (expected: "
                + key.kind().expected()
                + "; from "
                + value.source()
                + ")");
      }
    }
    String store = text(ConfigKeys.STORE);
    if (!store.equals("sqlite") && !store.startsWith("postgresql://")) {
      problems.add(
          "store: " + Text.quoteForMessage(store) + " (expected: sqlite or postgresql://...)");
    }
  }

  private static boolean isReadable(ConfigKey.Kind kind, String text) {
    return switch (kind) {
      case TEXT, PATH -> true;
      case PORT -> ConfigText.isWholeNumber(text, 0, 65_535);
      case COUNT -> ConfigText.isWholeNumber(text, 1, Integer.MAX_VALUE);
      case DURATION -> ConfigText.duration(text).isPresent();
      case SIZE -> ConfigText.sizeBytes(text).isPresent();
    };
  }

  private ServerConfig build(long machineMemoryBytes) {
    EngineLimits limits =
        new EngineLimits(
            number(ConfigKeys.UNFINISHED_MAX),
            number(ConfigKeys.TENANT_SHARE_MAX),
            duration(ConfigKeys.LEASE),
            duration(ConfigKeys.HEARTBEAT),
            duration(ConfigKeys.PROGRESS_INTERVAL),
            duration(ConfigKeys.AGING),
            Map.of(),
            EngineLimits.Share.UNLIMITED,
            Map.of());
    return new ServerConfig(
        Path.of(text(ConfigKeys.DATA)),
        text(ConfigKeys.STORE),
        text(ConfigKeys.HOST),
        number(ConfigKeys.GRPC_PORT),
        number(ConfigKeys.HTTP_PORT),
        optional(ConfigKeys.INTERNAL_PORT).map(Integer::parseInt),
        optional(ConfigKeys.POLICY_FILE).map(Path::of),
        limits,
        number(ConfigKeys.BLOCKING_CALLS_MAX),
        optional(ConfigKeys.SIMULATOR_MEMORY_MAX)
            .map(text -> ConfigText.sizeBytes(text).orElseThrow())
            .orElse(machineMemoryBytes / 4),
        duration(ConfigKeys.RETENTION),
        duration(ConfigKeys.DRAIN),
        "node-" + ProcessHandle.current().pid());
  }

  private String text(ConfigKey key) {
    return values.getOrDefault(key.name(), new ConfigValue("", "default")).text();
  }

  private Optional<String> optional(ConfigKey key) {
    String text = text(key);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private int number(ConfigKey key) {
    return Integer.parseInt(text(key));
  }

  private Duration duration(ConfigKey key) {
    return ConfigText.duration(text(key)).orElseThrow();
  }
}
