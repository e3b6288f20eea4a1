package dev.reeve.server;

import dev.reeve.base.Ids;
import dev.reeve.base.Text;
import dev.reeve.gateway.remote.RemoteTarget;
import dev.reeve.gateway.remote.RemoteTarget.Security;
import dev.reeve.service.decider.FailMode;
import dev.reeve.service.decider.FailModes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads what the configuration says of deciders outside of this process. What is wrong is added to
/// the problems; the value is then whatever is at hand.
final class DeciderReader {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):(\\d{1,5})");
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(5);

  private final Function<ConfigKey, String> texts;
  private final List<String> problems;

  /// @param texts the text of each key
  /// @param problems takes one line for each thing that is wrong
  DeciderReader(Function<ConfigKey, String> texts, List<String> problems) {
    this.texts = texts;
    this.problems = problems;
  }

  DeciderConfig read() {
    return new DeciderConfig(
        timeout(DeciderKeys.OPEN_TIME),
        target(DeciderKeys.SAFETY_KERNEL)
            .map(target ->
                new DeciderConfig.SafetyKernel(
                    target,
                    new FailModes(failMode(DeciderKeys.SAFETY_KERNEL.failMode()), tenants()),
                    timeout(DeciderKeys.SAFETY_TIMEOUT))),
        target(DeciderKeys.OUTPUT_POLICY)
            .map(target ->
                new DeciderConfig.OutputPolicy(
                    target,
                    failMode(DeciderKeys.OUTPUT_POLICY.failMode()),
                    timeout(DeciderKeys.OUTPUT_METADATA_TIMEOUT),
                    timeout(DeciderKeys.OUTPUT_CONTENT_TIMEOUT))));
  }

  private Optional<RemoteTarget> target(DeciderKeys keys) {
    String text = text(keys.address());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher address = ADDRESS.matcher(text);
    int port = address.matches() ? Integer.parseInt(address.group(3)) : 0;
    if (port < 1 || port > 65_535) {
      problem(keys.address(), text, "HOST:PORT, or [IPV6]:PORT");
      return Optional.empty();
    }
    String host = address.group(1) == null ? address.group(2) : address.group(1);
    return Optional.of(new RemoteTarget(host, port, security(keys, host)));
  }

  private Security security(DeciderKeys keys, String host) {
    boolean byTls = isSet(keys.tlsCa()) || isTrue(keys.tlsRequired());
    boolean insecure = isTrue(keys.insecure());
    if (isSet(keys.tlsCert()) != isSet(keys.tlsKey())) {
      problem(keys.tlsCert(), text(keys.tlsCert()), "both tls_cert and tls_key, or neither");
    }
    if (byTls && insecure) {
      problem(keys.insecure(), "true", "false beside tls_ca or tls_required");
    }
    if (!byTls && isSet(keys.tlsCert())) {
      problem(keys.tlsCert(), text(keys.tlsCert()), "tls_ca or tls_required beside it");
    }
    if (byTls) {
      return new Security.Tls(path(keys.tlsCa()), ownKeys(keys));
    }
    if (!insecure && !isLoopback(host)) {
      problem(
          keys.address(),
          text(keys.address()),
          "tls_ca or tls_required beside it, because it is another machine; or insecure: true");
    }
    return new Security.Plaintext();
  }

  private Optional<RemoteTarget.KeyPair> ownKeys(DeciderKeys keys) {
    return path(keys.tlsCert())
        .flatMap(cert -> path(keys.tlsKey()).map(key -> new RemoteTarget.KeyPair(cert, key)));
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  private Map<String, FailMode> tenants() {
    String text = text(DeciderKeys.SAFETY_TENANT_FAIL_MODES);
    Map<String, FailMode> tenants = new HashMap<>();
    Stream.of(text.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .forEach(part -> {
          int at = part.indexOf('=');
          String tenant = at < 0 ? part : part.substring(0, at).strip();
          Optional<FailMode> mode =
              at < 0 ? Optional.empty() : mode(part.substring(at + 1).strip());
          if (!Ids.isTenant(tenant) || mode.isEmpty() || tenants.containsKey(tenant)) {
            problem(
                DeciderKeys.SAFETY_TENANT_FAIL_MODES, part, "TENANT=open or TENANT=closed, once");
          } else {
            tenants.put(tenant, mode.get());
          }
        });
    return tenants;
  }

  private static Optional<FailMode> mode(String word) {
    return Stream.of(FailMode.values()).filter(mode -> mode.word().equals(word)).findFirst();
  }

  private FailMode failMode(ConfigKey key) {
    return mode(text(key).toLowerCase(Locale.ROOT)).orElse(FailMode.CLOSED);
  }

  private Duration timeout(ConfigKey key) {
    Duration time = ConfigText.duration(text(key)).orElse(Duration.ofSeconds(1));
    if (!time.isPositive() || time.compareTo(TIMEOUT_MAX) > 0) {
      problem(key, text(key), "1ms to 5m");
    }
    return time;
  }

  private Optional<Path> path(ConfigKey key) {
    return isSet(key) ? Optional.of(Path.of(text(key))) : Optional.empty();
  }

  private boolean isSet(ConfigKey key) {
    return !text(key).isEmpty();
  }

  private boolean isTrue(ConfigKey key) {
    return text(key).equals("true");
  }

  private String text(ConfigKey key) {
    return texts.apply(key);
  }

  private void problem(ConfigKey key, String value, String expected) {
    problems.add(key.name() + ": " + Text.quoteForMessage(value) + " (expected: " + expected + ")");
  }
}
