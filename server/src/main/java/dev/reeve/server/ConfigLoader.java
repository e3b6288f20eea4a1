package dev.reeve.server;

import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import dev.reeve.engine.EngineLimits;
import dev.reeve.gateway.CallRate;
import dev.reeve.gateway.ExtraListener;
import dev.reeve.governance.cif.ClientRates;
import dev.reeve.routing.RateLimit;
import dev.reeve.service.ApprovalTerms;
import dev.reeve.service.CheckReceipts;
import dev.reeve.service.provider.ModelCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
  private final PolicySettingsReader policy = new PolicySettingsReader(this::text, problems);
  private Map<ConfigShare, Map<ConfigKey, ConfigValue>> shares = Map.of();
  private List<ProviderEntry> providers = List.of();
  private List<NamedEntry> devices = List.of();

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
  /// @param memory memory of this process and its machine, for what follows from it
  /// @throws dev.reeve.base.ProblemException `CONFIG_INVALID` with every problem
  public static Loaded load(
      Map<String, String> flags,
      Map<String, String> environment,
      String fileName,
      String fileText,
      MachineMemory memory) {
    ConfigLoader loader = new ConfigLoader(flags, environment);
    loader.gather(ConfigFile.read(fileName, fileText));
    loader.readStoreFile();
    loader.check(memory);
    DeciderConfig deciders = new DeciderReader(loader::text, loader.problems).read();
    CapConfig agents = new CapReader(loader::text, loader.problems).read();
    BusConfig bus = new BusReader(loader::text, loader.problems).read();
    ModelSettings models = loader.models();
    List<DeviceSettings> devices = new DevicesReader(loader.problems).read(loader.devices);
    if (!loader.problems.isEmpty()) {
      throw loader.refusal().toException();
    }
    return new Loaded(loader.build(memory, deciders, agents, bus, models, devices), loader.values);
  }

  private Problem refusal() {
    return ServerProblems.CONFIG_INVALID.because("configuration: " + String.join("\n  ", problems));
  }

  private void gather(ConfigFile.Read file) {
    problems.addAll(file.problems());
    for (ConfigKey key : ConfigKeys.ALL) {
      values.put(key.name(), value(key, file.values()));
    }
    providers = file.providers();
    devices = file.devices();
    shares = file.shares();
    shares.forEach(
        (share, texts) -> texts.forEach((key, value) -> values.put(share.path(key), value)));
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
      Optional<ConfigValue> other = environmentValue(alias).map(value -> inOurWords(key, value));
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

  /// The variables of the founding documents give durations in milliseconds, without a unit, and
  /// say 1 or true for on.
  private static ConfigValue inOurWords(ConfigKey key, ConfigValue value) {
    boolean bare = !value.text().isEmpty() && value.text().chars().allMatch(Character::isDigit);
    if (key.kind() == ConfigKey.Kind.DURATION && bare) {
      return new ConfigValue(value.text() + "ms", value.source());
    }
    return key.choices().equals(ConfigKey.OFF_ON)
        ? switch (value.text().toLowerCase(Locale.ROOT)) {
          case "1", "true", "yes" -> new ConfigValue("on", value.source());
          case "0", "false", "no" -> new ConfigValue("off", value.source());
          default -> value;
        }
        : value;
  }

  private Optional<ConfigValue> environmentValue(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty()
        ? Optional.empty()
        : Optional.of(new ConfigValue(value, name));
  }

  private void readStoreFile() {
    ConfigValue file = value(ConfigKeys.STORE_FILE);
    ConfigValue store = value(ConfigKeys.STORE);
    if (!file.isSet()) {
      return;
    }
    if (!store.source().equals("default")) {
      problems.add("store_file: set beside store (expected: one of them)");
      return;
    }
    try {
      String address = Files.readString(Path.of(file.text()), StandardCharsets.UTF_8).strip();
      values.put(ConfigKeys.STORE.name(), new ConfigValue(address, file.source()));
    } catch (IOException | InvalidPathException e) {
      problems.add(
          "store_file: "
              + Text.quoteForMessage(file.text())
              + " cannot be read ("
              + e.getMessage()
              + ")");
    }
  }

  private void check(MachineMemory memory) {
    for (ConfigKey key : ConfigKeys.ALL) {
      checkReadable(key.name(), key, value(key));
    }
    shares.forEach((share, texts) ->
        texts.forEach((key, value) -> checkReadable(share.path(key), key, value)));
    policy.check();
    String store = text(ConfigKeys.STORE);
    if (!store.equals("sqlite") && !store.startsWith("postgresql://")) {
      problems.add(
          "store: "
              + Text.quoteForMessage(SelfDescription.withoutCredentials(store))
              + " (expected: sqlite or postgresql://...)");
    }
    long simulatorMax = memory.simulatorBytesMax();
    ConfigText.sizeBytes(text(ConfigKeys.SIMULATOR_MEMORY_MAX))
        .ifPresent(bytes -> {
          if (bytes > simulatorMax) {
            problems.add(
                ConfigKeys.SIMULATOR_MEMORY_MAX.name()
                    + ": "
                    + Text.quoteForMessage(text(ConfigKeys.SIMULATOR_MEMORY_MAX))
                    + " (expected: at most "
                    + (simulatorMax >> 20)
                    + "MiB, three quarters of the heap)");
          }
        });
  }

  private void checkReadable(String name, ConfigKey key, ConfigValue value) {
    if (value.isSet() && !isReadable(key, value.text())) {
      problems.add(
          name
              + ": "
              + Text.quoteForMessage(value.text())
              + " (expected: "
              + key.expected()
              + "; from "
              + value.source()
              + ")");
    }
  }

  private static boolean isReadable(ConfigKey key, String text) {
    return switch (key.kind()) {
      case CHOICE -> key.choices().contains(text);
      case TEXT, LIST, PATH -> true;
      case LISTEN -> ExtraListener.parse("", text).isPresent();
      case PORT -> ConfigText.isWholeNumber(text, 0, 65_535);
      case COUNT -> ConfigText.isWholeNumber(text, 1, Integer.MAX_VALUE);
      case COUNT_OR_NONE -> ConfigText.isWholeNumber(text, 0, Integer.MAX_VALUE);
      case WEIGHT -> ConfigText.isWholeNumber(text, 1, 1_000);
      case RATE -> ConfigText.perSecond(text).isPresent();
      case DURATION -> ConfigText.duration(text).isPresent();
      case SIZE -> ConfigText.sizeBytes(text).isPresent();
    };
  }

  private ModelSettings models() {
    return new ModelSettings(
        new ProvidersReader(environment, problems)
            .read(providers, optional(ModelKeys.PRICES).map(Path::of)),
        text(ModelKeys.RELEASE).equals("whole"),
        new ModelCache.Settings(
            problems.isEmpty() ? number(ModelKeys.CACHE_ENTRIES) : 0,
            ConfigText.sizeBytes(text(ModelKeys.CACHE_SIZE)).orElse(0),
            ConfigText.duration(text(ModelKeys.CACHE_AGE)).orElse(Duration.ZERO),
            text(ModelKeys.JOIN).equals("true")));
  }

  private ServerConfig build(
      MachineMemory memory,
      DeciderConfig deciders,
      CapConfig agents,
      BusConfig bus,
      ModelSettings models,
      List<DeviceSettings> devices) {
    EngineLimits limits =
        new EngineLimits(
            number(ConfigKeys.UNFINISHED_MAX),
            number(ConfigKeys.TENANT_SHARE_MAX),
            duration(ConfigKeys.LEASE),
            duration(ConfigKeys.HEARTBEAT),
            duration(ConfigKeys.PROGRESS_INTERVAL),
            duration(ConfigKeys.AGING),
            named(ConfigShare.TENANTS),
            named(ConfigShare.TENANT_DEFAULT).getOrDefault("", EngineLimits.Share.UNLIMITED),
            named(ConfigShare.GROUPS));
    return new ServerConfig(
        Path.of(text(ConfigKeys.DATA)),
        text(ConfigKeys.STORE),
        text(ConfigKeys.HOST),
        number(ConfigKeys.GRPC_PORT),
        number(ConfigKeys.HTTP_PORT),
        optional(ConfigKeys.INTERNAL_PORT).map(Integer::parseInt),
        listeners(),
        new IdentitySettings(
            optional(ConfigKeys.IDENTITY_KEYS).map(Path::of),
            text(ConfigKeys.IDENTITY_LOCAL_OPERATOR).equals("on"),
            text(ConfigKeys.METRICS_OPEN).equals("on")),
        policy.read(),
        optional(ConfigKeys.SCANNERS_FILE).map(Path::of),
        new ServerConfig.Governance(
            optional(ConfigKeys.GOVERNANCE_CONFIG).map(Path::of),
            optional(ConfigKeys.GENOME_FILE).map(Path::of),
            optional(ConfigKeys.TREATY_FILE).map(Path::of),
            optional(ConfigKeys.MANIFEST_ROOT).map(Path::of),
            duration(ConfigKeys.HEARTBEAT_INTERVAL)),
        gate(),
        limits,
        new ApprovalTerms(
            number(ConfigKeys.APPROVALS_REQUIRED),
            optional(ConfigKeys.APPROVALS_EXPIRY)
                .flatMap(ConfigText::duration)
                .orElse(Duration.ZERO)),
        CheckReceipts.Mode.valueOf(text(ConfigKeys.AUDIT_CHECKS).toUpperCase(Locale.ROOT)),
        deciders,
        agents,
        bus,
        new RoutingConfig(
            optional(ConfigKeys.ROUTING_POLICIES).map(Path::of),
            Set.copyOf(words(ConfigKeys.ROUTING_TENANTS)),
            text(ConfigKeys.ROUTING_STRICT).equals("on"),
            text(ConfigKeys.ROUTING_DECIDE_STREAM).equals("on"),
            text(ConfigKeys.ROUTING_ENVIRONMENT),
            rate(RateKeys.ROUTING, RateKeys.ROUTING_BURST),
            rate(RateKeys.TENANT, RateKeys.TENANT_BURST)),
        models,
        beamlineWorkers(),
        devices,
        number(ConfigKeys.BLOCKING_CALLS_MAX),
        callRate(),
        optional(ConfigKeys.SIMULATOR_MEMORY_MAX)
            .map(text -> ConfigText.sizeBytes(text).orElseThrow())
            .orElse(memory.simulatorBytesDefault()),
        duration(ConfigKeys.COMPILE_TIME_MAX),
        duration(ConfigKeys.RETENTION),
        duration(ConfigKeys.DRAIN),
        "node-" + ProcessHandle.current().pid());
  }

  private CallRate callRate() {
    return new CallRate(
        number(RateKeys.CALLS), number(RateKeys.CALLS_BURST), number(RateKeys.CALLS_IN_PROGRESS));
  }

  private BeamlineWorkerConfig beamlineWorkers() {
    return new BeamlineWorkerConfig(
        Set.copyOf(words(BeamlineWorkerKeys.TOPICS)),
        number(BeamlineWorkerKeys.CONCURRENCY),
        text(BeamlineWorkerKeys.ENVELOPE).equals("on"),
        number(BeamlineWorkerKeys.DEADLINE_MULTIPLIER),
        duration(BeamlineWorkerKeys.DEADLINE_MIN),
        duration(BeamlineWorkerKeys.DEADLINE_MAX),
        text(BeamlineWorkerKeys.DEAD_LETTERS).equals("whole"));
  }

  private Map<String, EngineLimits.Share> named(String section) {
    Map<String, EngineLimits.Share> named = new LinkedHashMap<>();
    shares.forEach((share, texts) -> {
      if (share.section().equals(section)) {
        named.put(share.name(), ConfigShare.read(texts));
      }
    });
    return named;
  }

  /// The further listeners; each key is named after its listener.
  private List<ExtraListener> listeners() {
    List<ExtraListener> listeners = new ArrayList<>();
    for (ConfigKey key :
        List.of(ConfigKeys.LISTEN_SAFETY_KERNEL, ConfigKeys.LISTEN_CONTEXT_ENGINE)) {
      String name = key.name().substring(key.name().indexOf('.') + 1);
      optional(key)
          .flatMap(address -> ExtraListener.parse(name, address))
          .ifPresent(listeners::add);
    }
    return listeners;
  }

  private Optional<RateLimit> rate(ConfigKey perSecond, ConfigKey burst) {
    int rate = number(perSecond);
    int atOnce = number(burst);
    return rate == 0
        ? Optional.empty()
        : Optional.of(RateLimit.perSecond(rate, atOnce == 0 ? rate : atOnce));
  }

  private GateSettings gate() {
    int requests = number(ConfigKeys.RATE_REQUESTS);
    long windowMillis = Math.max(1, duration(ConfigKeys.RATE_WINDOW).toMillis());
    return new GateSettings(
        optional(ConfigKeys.BOUNDARY_PACK).map(Path::of),
        optional(ConfigKeys.CONSCIENCE_PACK).map(Path::of),
        Set.copyOf(words(ConfigKeys.CONSCIENCE_OFF_TENANTS)),
        optional(ConfigKeys.DATA_KEY_FILE).map(Path::of),
        Set.copyOf(words(ConfigKeys.ANCHORS)),
        requests == 0
            ? Optional.empty()
            : Optional.of(new ClientRates.Rate(windowMillis, requests)));
  }

  private List<String> words(ConfigKey key) {
    return Stream.of(text(key).split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  private ConfigValue value(ConfigKey key) {
    return values.getOrDefault(key.name(), new ConfigValue("", "default"));
  }

  private String text(ConfigKey key) {
    return value(key).text();
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
