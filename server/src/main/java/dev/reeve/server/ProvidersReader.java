package dev.reeve.server;

import dev.reeve.base.Text;
import dev.reeve.providers.ApiKey;
import dev.reeve.providers.ModelProviders;
import dev.reeve.providers.ProviderSettings;
import dev.reeve.service.provider.ModelPrice;
import dev.reeve.service.provider.ProviderFacts;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Makes settings of the entries of `providers`: addresses, keys from the environment or files,
/// prices. What is wrong is added to the problems; a key never is.
final class ProvidersReader {
  private static final Logger log = LoggerFactory.getLogger(ProvidersReader.class);
  private static final String REMOTE = "remote";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d{1,2}");
  private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,12})?");
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration TIMEOUT_MAX = Duration.ofHours(1);
  private static final int PRICES_CODE_POINTS_MAX = 4 * 1024 * 1024;

  private final Map<String, String> environment;
  private final List<String> problems;
  private final AwsEnvironment aws;

  ProvidersReader(Map<String, String> environment, List<String> problems) {
    this.environment = environment;
    this.problems = problems;
    this.aws = new AwsEnvironment(environment);
  }

  List<ConfiguredProvider> read(List<ProviderEntry> entries, Optional<Path> pricesFile) {
    Map<String, Map<String, String>> table =
        pricesFile.isPresent() ? priceTable(pricesFile.get()) : Map.of();
    List<ConfiguredProvider> providers = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ProviderEntry entry : entries) {
      if (!ids.add(entry.text("id"))) {
        problem(entry, "id", entry.text("id"), "a name that no other provider has");
      }
      read(entry, table).ifPresent(providers::add);
    }
    return providers;
  }

  private Optional<ConfiguredProvider> read(
      ProviderEntry entry, Map<String, Map<String, String>> table) {
    int before = problems.size();
    String id = entry.text("id");
    if (!ID.matcher(id).matches()) {
      problem(entry, "id", id, "letters, digits and . _ : / -, at most 128");
    }
    String kind = entry.text("kind").isEmpty() ? "openai" : entry.text("kind");
    Set<String> kinds = new TreeSet<>(ModelProviders.kinds());
    kinds.add(REMOTE);
    if (!kinds.contains(kind)) {
      problem(entry, "kind", kind, String.join(", ", kinds));
      return Optional.empty();
    }
    refuseOthersKeys(entry, kind);
    Optional<URI> address = kind.equals(REMOTE) ? Optional.empty() : address(entry, kind);
    Optional<RemoteReader.Place> place =
        kind.equals(REMOTE)
            ? new RemoteReader(
                    entry, (key, value, expected) -> problem(entry, key, value, expected))
                .read()
            : Optional.empty();
    ApiKey key = key(entry);
    Duration timeout = timeout(entry);
    int retries = retries(entry);
    Map<String, ModelPrice> prices = prices(entry, table);
    if (problems.size() > before) {
      return Optional.empty();
    }
    String shown =
        place.map(RemoteReader.Place::shown).orElseGet(() -> shown(address.orElseThrow()));
    ProviderFacts facts = new ProviderFacts(id, kind, shown, entry.models(), prices, timeout);
    return Optional.of(
        place.isPresent()
            ? new RemoteSettings(
                facts,
                place.get().target(),
                place.get().subject(),
                entry.text("remote_id"),
                key,
                retries,
                missingKey(entry))
            : new ConfiguredProvider.Api(
                new ProviderSettings(
                    facts,
                    address.orElseThrow(),
                    key,
                    retries,
                    signs(entry, kind) ? aws.missing() : missingKey(entry),
                    signs(entry, kind) ? aws.access(entry.text("region")) : Optional.empty())));
  }

  private void refuseOthersKeys(ProviderEntry entry, String kind) {
    List<String> others = kind.equals(REMOTE) ? List.of("base_url", "region") : RemoteReader.KEYS;
    for (String key : others) {
      if (!entry.text(key).isEmpty()) {
        problem(entry, key, entry.text(key), "nothing beside kind " + kind);
      }
    }
  }

  private Optional<URI> address(ProviderEntry entry, String kind) {
    String text = entry.text("base_url");
    boolean needsRegion = kind.equals("bedrock") && (text.isEmpty() || signs(entry, kind));
    String region = entry.text("region");
    if (needsRegion && !REGION.matcher(region).matches()) {
      problem(entry, "region", region, "a region such as us-east-1, or a base_url");
      return Optional.empty();
    }
    if (text.isEmpty()) {
      return needsRegion ? Optional.of(bedrock(region)) : ModelProviders.defaultBaseUrl(kind);
    }
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme());
      if ((scheme.equals("http") || scheme.equals("https"))
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawQuery() == null) {
        return Optional.of(address);
      }
    } catch (URISyntaxException e) {
      // Told below, with every other address that is none.
    }
    problem(entry, "base_url", text, "http:// or https:// with a host, without credentials");
    return Optional.empty();
  }

  private static URI bedrock(String region) {
    return URI.create("https://bedrock-runtime." + region + ".amazonaws.com/openai/v1");
  }

  private static String shown(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
  }

  /// Without a key, requests to Bedrock are signed.
  private static boolean signs(ProviderEntry entry, String kind) {
    return kind.equals("bedrock")
        && !entry.text("region").isEmpty()
        && entry.text("api_key_env").isEmpty()
        && entry.text("api_key_file").isEmpty();
  }

  private ApiKey key(ProviderEntry entry) {
    String name = entry.text("api_key_env");
    String file = entry.text("api_key_file");
    if (!name.isEmpty() && !file.isEmpty()) {
      problem(entry, "api_key_file", file, "api_key_env or api_key_file, not both");
      return ApiKey.NONE;
    }
    if (!name.isEmpty()) {
      String key = environment.getOrDefault(name, "").strip();
      if (key.isEmpty()) {
        log.warn(
            "provider {} is down: it has no key, the variable {} is not set",
            entry.text("id"),
            name);
      }
      return ApiKey.of(key);
    }
    return file.isEmpty() ? ApiKey.NONE : keyOf(entry, file);
  }

  /// The variable that should hold the key and does not; empty when none is missing.
  private String missingKey(ProviderEntry entry) {
    String name = entry.text("api_key_env");
    return environment.getOrDefault(name, "").isBlank() ? name : "";
  }

  private ApiKey keyOf(ProviderEntry entry, String file) {
    try {
      return ApiKey.of(Files.readString(Path.of(file), StandardCharsets.UTF_8).strip());
    } catch (IOException | InvalidPathException e) {
      problem(entry, "api_key_file", file, "a file that can be read");
      return ApiKey.NONE;
    }
  }

  private Duration timeout(ProviderEntry entry) {
    String text = entry.text("timeout");
    Duration time = text.isEmpty() ? TIMEOUT : ConfigText.duration(text).orElse(Duration.ZERO);
    if (!time.isPositive() || time.compareTo(TIMEOUT_MAX) > 0) {
      problem(entry, "timeout", text, "1ms to 1h");
    }
    return time;
  }

  private int retries(ProviderEntry entry) {
    String text = entry.text("max_retries");
    if (text.isEmpty()) {
      return 0;
    }
    if (!ConfigText.isWholeNumber(text, 0, 10)) {
      problem(entry, "max_retries", text, "0 to 10");
      return 0;
    }
    return Integer.parseInt(text);
  }

  /// Those of the provider itself, then those of the table.
  private Map<String, ModelPrice> prices(
      ProviderEntry entry, Map<String, Map<String, String>> table) {
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    table.forEach((name, price) -> {
      if (!name.contains("/") || entry.models().contains(name)) {
        texts.put(name, price);
      }
    });
    String prefix = entry.text("id") + "/";
    table.forEach((name, price) -> {
      if (name.startsWith(prefix)) {
        texts.put(name.substring(prefix.length()), price);
      }
    });
    texts.putAll(entry.prices());
    Map<String, ModelPrice> prices = new HashMap<>();
    texts.forEach((model, price) -> {
      BigDecimal input = decimal(entry, model, price, "input", "0");
      prices.put(
          model,
          new ModelPrice(
              input,
              decimal(entry, model, price, "cached_input", input.toPlainString()),
              decimal(entry, model, price, "output", "0")));
    });
    return prices;
  }

  private BigDecimal decimal(
      ProviderEntry entry, String model, Map<String, String> price, String word, String other) {
    String text = price.getOrDefault(word, other);
    if (!DECIMAL.matcher(text).matches()) {
      problem(entry, "prices." + model + "." + word, text, "USD for a million tokens, such as 2.5");
      return BigDecimal.ZERO;
    }
    return new BigDecimal(text);
  }

  private Map<String, Map<String, String>> priceTable(Path file) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setAllowDuplicateKeys(false)
            .setCodePointLimit(PRICES_CODE_POINTS_MAX)
            .setMaxAliasesForCollections(0)
            .build();
    try {
      Optional<Node> root =
          new Compose(settings).composeString(Files.readString(file, StandardCharsets.UTF_8));
      return root.isEmpty()
          ? Map.of()
          : new ProviderNodes(
                  node ->
                      file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0),
                  problems)
              .prices(root.get());
    } catch (IOException e) {
      problems.add("models.prices: " + Text.quoteForMessage(file.toString()) + " cannot be read");
    } catch (MarkedYamlEngineException e) {
      problems.add(
          "models.prices: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return Map.of();
  }

  private void problem(ProviderEntry entry, String key, String value, String expected) {
    problems.add(
        entry.place()
            + ": providers[]."
            + key
            + ": "
            + Text.quoteForMessage(value)
            + " (expected: "
            + expected
            + ")");
  }
}
