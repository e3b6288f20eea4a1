package dev.reeve.server;

import dev.reeve.base.Text;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads where the policy comes from, and what does not fit together in that.
final class PolicySettingsReader {
  private static final Duration INTERVAL_MIN = Duration.ofSeconds(1);

  private final Function<ConfigKey, String> texts;
  private final List<String> problems;

  /// @param texts the text of each key
  /// @param problems takes one line for each thing that is wrong
  PolicySettingsReader(Function<ConfigKey, String> texts, List<String> problems) {
    this.texts = texts;
    this.problems = problems;
  }

  /// Looks for what is wrong.
  void check() {
    checkKey();
    checkSignature();
    checkUrl();
  }

  /// The settings, after [#check] found nothing.
  PolicySettings read() {
    Optional<PolicyUrl> url = url();
    List<Path> files = new ArrayList<>();
    optional(ConfigKeys.POLICY_FILE).map(Path::of).ifPresent(files::add);
    files.addAll(paths(ConfigKeys.POLICY_FILES));
    return new PolicySettings(
        url,
        files,
        optional(ConfigKeys.POLICY_INVARIANTS).map(Path::of),
        paths(ConfigKeys.POLICY_SHADOWS),
        new PolicySignatures(
            PolicySignatures.Mode.valueOf(text(ConfigKeys.POLICY_STRICT).toUpperCase(Locale.ROOT)),
            optional(ConfigKeys.POLICY_PUBLIC_KEY).flatMap(PolicySignatures::key),
            signature(url)));
  }

  private Optional<PolicyUrl> url() {
    Set<String> hosts =
        words(ConfigKeys.POLICY_URL_HOSTS)
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return optional(ConfigKeys.POLICY_URL)
        .flatMap(PolicyUrl::parse)
        .map(address ->
            new PolicyUrl(
                address,
                hosts,
                text(ConfigKeys.POLICY_URL_PRIVATE).equals("on"),
                ConfigText.duration(text(ConfigKeys.POLICY_RELOAD_INTERVAL)).orElseThrow()));
  }

  /// The signature over the policy that is not beside it.
  private Optional<PolicySignatures.Given> signature(Optional<PolicyUrl> url) {
    String signature = text(ConfigKeys.POLICY_SIGNATURE);
    Optional<Path> file = optional(ConfigKeys.POLICY_SIGNATURE_FILE).map(Path::of);
    if (signature.isEmpty() && file.isEmpty()) {
      return Optional.empty();
    }
    Path data = Path.of(text(ConfigKeys.DATA));
    return url.map(one -> one.fileIn(data))
        .or(() -> optional(ConfigKeys.POLICY_FILE).map(Path::of))
        .map(policy -> new PolicySignatures.Given(policy, signature, file));
  }

  private void checkKey() {
    String key = text(ConfigKeys.POLICY_PUBLIC_KEY);
    boolean off = text(ConfigKeys.POLICY_STRICT).equals("off");
    if (!key.isEmpty() && PolicySignatures.key(key).isEmpty()) {
      problems.add(
          "policy.public_key: "
              + Text.quoteForMessage(key)
              + " (expected: an Ed25519 key, 32 bytes in base64 or hex, or PEM)");
    } else if (!off && key.isEmpty()) {
      problems.add(
          "policy.strict: "
              + text(ConfigKeys.POLICY_STRICT)
              + " (expected: policy.public_key beside it)");
    }
  }

  private void checkSignature() {
    boolean asText = isSet(ConfigKeys.POLICY_SIGNATURE);
    boolean asFile = isSet(ConfigKeys.POLICY_SIGNATURE_FILE);
    String name = asText ? "policy.signature" : "policy.signature_file";
    if (asText && asFile) {
      problems.add("policy.signature: set beside policy.signature_file (expected: one of them)");
      return;
    }
    if (!asText && !asFile) {
      return;
    }
    if (!isSet(ConfigKeys.POLICY_FILE) && !isSet(ConfigKeys.POLICY_URL)) {
      problems.add(name + ": set (expected: policy.file or policy.url beside it)");
    }
    if (!isSet(ConfigKeys.POLICY_PUBLIC_KEY)) {
      problems.add(name + ": set (expected: policy.public_key beside it)");
    }
  }

  /// A policy that would come from elsewhere must not silently be the one of this machine.
  private void checkUrl() {
    String url = text(ConfigKeys.POLICY_URL);
    if (url.isEmpty()) {
      return;
    }
    Optional<URI> address = PolicyUrl.parse(url);
    boolean isPrivate = text(ConfigKeys.POLICY_URL_PRIVATE).equals("on");
    if (address.isEmpty()) {
      problems.add(
          "policy.url: " + Text.quoteForMessage(url) + " (expected: https://HOST/PATH, no user)");
    } else if (PolicyUrl.scheme(address.get()).equals("http") && !isPrivate) {
      problems.add(
          "policy.url: "
              + Text.quoteForMessage(url)
              + " (expected: https, or policy.url_private on for an address of your own network)");
    }
    if (isSet(ConfigKeys.POLICY_FILE)) {
      problems.add("policy.url: set beside policy.file (expected: one of them)");
    }
    ConfigText.duration(text(ConfigKeys.POLICY_RELOAD_INTERVAL))
        .filter(interval -> interval.compareTo(INTERVAL_MIN) < 0)
        .ifPresent(interval ->
            problems.add(
                "policy.reload_interval: "
                    + text(ConfigKeys.POLICY_RELOAD_INTERVAL)
                    + " (expected: at least 1s)"));
  }

  private List<Path> paths(ConfigKey key) {
    return words(key).map(Path::of).toList();
  }

  private Stream<String> words(ConfigKey key) {
    return Stream.of(text(key).split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .distinct();
  }

  private boolean isSet(ConfigKey key) {
    return !text(key).isEmpty();
  }

  private String text(ConfigKey key) {
    return texts.apply(key);
  }

  private Optional<String> optional(ConfigKey key) {
    String text = text(key);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
