package dev.reeve.server;

import dev.reeve.base.Text;
import dev.reeve.bus.BusLimits;
import dev.reeve.bus.NatsSettings;
import dev.reeve.bus.NatsSettings.Credentials;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads what the configuration says of the bus. What is wrong is added to the problems; the value
/// is then whatever is at hand.
final class BusReader {
  private static final Duration ACK_WAIT = Duration.ofSeconds(5);
  private static final int PORT_DEFAULT = 4_222;
  private static final int REPLICAS_MAX = 5;
  private static final long MESSAGE_MIN = 16L * 1024;
  private static final long MESSAGE_MAX = 64L * 1024 * 1024;
  private static final List<ConfigKey> SECRETS =
      List.of(
          BusKeys.PASSWORD_FILE, BusKeys.TOKEN_FILE, BusKeys.CREDENTIALS_FILE, BusKeys.NKEY_FILE);

  private final Function<ConfigKey, String> texts;
  private final List<String> problems;

  /// @param texts the text of each key
  /// @param problems takes one line for each thing that is wrong
  BusReader(Function<ConfigKey, String> texts, List<String> problems) {
    this.texts = texts;
    this.problems = problems;
  }

  BusConfig read() {
    return new BusConfig(
        nats(),
        limits(),
        replicas(),
        text(BusKeys.PUBLISH).equals("on"),
        ConfigText.isWholeNumber(text(BusKeys.REPUBLISH_FROM), 0, Integer.MAX_VALUE)
            ? Long.parseLong(text(BusKeys.REPUBLISH_FROM))
            : 0);
  }

  private Optional<NatsSettings> nats() {
    if (!isSet(BusKeys.URL)) {
      return Optional.empty();
    }
    List<URI> servers = new ArrayList<>();
    for (String text : text(BusKeys.URL).split(",", -1)) {
      server(text.strip()).ifPresent(servers::add);
    }
    Optional<NatsSettings.Tls> tls = tls(servers);
    Credentials credentials = credentials();
    return servers.isEmpty()
        ? Optional.empty()
        : Optional.of(new NatsSettings(servers, credentials, tls, "reeve", ACK_WAIT));
  }

  private Optional<URI> server(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "nats://" + text);
      boolean known = uri.getScheme().equals("nats") || uri.getScheme().equals("tls");
      boolean bare = uri.getPath().isEmpty() && uri.getQuery() == null;
      if (known && bare && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? PORT_DEFAULT : uri.getPort();
        return Optional.of(
            new URI(uri.getScheme(), uri.getUserInfo(), uri.getHost(), port, null, null, null));
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    problem(
        BusKeys.URL,
        SelfDescription.withoutCredentials(text),
        "nats://HOST:PORT or tls://HOST:PORT, with commas between");
    return Optional.empty();
  }

  private Optional<NatsSettings.Tls> tls(List<URI> servers) {
    boolean byTls =
        isSet(BusKeys.TLS_CA) || servers.stream().anyMatch(uri -> uri.getScheme().equals("tls"));
    boolean insecure = text(BusKeys.INSECURE).equals("true");
    if (isSet(BusKeys.TLS_CERT) != isSet(BusKeys.TLS_KEY)) {
      problem(BusKeys.TLS_CERT, text(BusKeys.TLS_CERT), "both tls_cert and tls_key, or neither");
    }
    if (byTls && insecure) {
      problem(BusKeys.INSECURE, "true", "false beside tls_ca or tls://");
    }
    if (!byTls && isSet(BusKeys.TLS_CERT)) {
      problem(BusKeys.TLS_CERT, text(BusKeys.TLS_CERT), "tls_ca or tls:// beside it");
    }
    if (byTls) {
      return Optional.of(
          new NatsSettings.Tls(
              path(BusKeys.TLS_CA),
              path(BusKeys.TLS_CERT)
                  .flatMap(certificate ->
                      path(BusKeys.TLS_KEY)
                          .map(key -> new NatsSettings.Tls.KeyPair(certificate, key)))));
    }
    for (URI server : servers) {
      if (!insecure && !isLoopback(server.getHost())) {
        problem(
            BusKeys.URL,
            SelfDescription.withoutCredentials(server.toString()),
            "tls:// or tls_ca beside it, because it is another machine; or insecure: true");
      }
    }
    return Optional.empty();
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }

  private Credentials credentials() {
    List<ConfigKey> given = SECRETS.stream().filter(this::isSet).toList();
    if (given.size() > 1) {
      ConfigKey second = given.get(1);
      problem(second, text(second), "no other credentials beside " + given.getFirst().name());
    }
    if (isSet(BusKeys.USER) != isSet(BusKeys.PASSWORD_FILE)) {
      problem(BusKeys.USER, text(BusKeys.USER), "both user and password_file, or neither");
    }
    return Stream.of(
            path(BusKeys.PASSWORD_FILE)
                .<Credentials>map(file -> new Credentials.Password(text(BusKeys.USER), file)),
            path(BusKeys.TOKEN_FILE).<Credentials>map(Credentials.Token::new),
            path(BusKeys.CREDENTIALS_FILE).<Credentials>map(Credentials.CredentialsFile::new),
            path(BusKeys.NKEY_FILE).<Credentials>map(Credentials.NkeyFile::new))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(new Credentials.None());
  }

  private BusLimits limits() {
    long size = ConfigText.sizeBytes(text(BusKeys.MESSAGE_MAX)).orElse(MESSAGE_MIN);
    if (size < MESSAGE_MIN || size > MESSAGE_MAX) {
      problem(BusKeys.MESSAGE_MAX, text(BusKeys.MESSAGE_MAX), "16KiB to 64MiB");
      return BusLimits.standard();
    }
    return BusLimits.standard().withMessageSizeMax((int) size);
  }

  private int replicas() {
    String text = text(BusKeys.REPLICAS);
    if (!ConfigText.isWholeNumber(text, 1, REPLICAS_MAX)) {
      problem(BusKeys.REPLICAS, text, "1 to " + REPLICAS_MAX);
      return 1;
    }
    return Integer.parseInt(text);
  }

  private Optional<Path> path(ConfigKey key) {
    return isSet(key) ? Optional.of(Path.of(text(key))) : Optional.empty();
  }

  private boolean isSet(ConfigKey key) {
    return !text(key).isEmpty();
  }

  private String text(ConfigKey key) {
    return texts.apply(key);
  }

  private void problem(ConfigKey key, String value, String expected) {
    problems.add(key.name() + ": " + Text.quoteForMessage(value) + " (expected: " + expected + ")");
  }
}
