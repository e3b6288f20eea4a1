package dev.reeve.server;

import dev.reeve.base.Text;
import dev.reeve.gateway.cap.CapSettings;
import dev.reeve.gateway.cap.SenderKeys;
import dev.reeve.gateway.cap.SessionMode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/// Reads what is said of workers that come by the bus, with the keys themselves: a server does not
/// start without a key that it was told to have.
final class CapReader {
  private static final String PEM = ".pem";

  private final Function<ConfigKey, String> text;
  private final List<String> problems;

  /// @param text the text of a key
  /// @param problems gets one line for each that is wrong
  CapReader(Function<ConfigKey, String> text, List<String> problems) {
    this.text = text;
    this.problems = problems;
  }

  CapConfig read() {
    return new CapConfig(
        path(CapKeys.POOLS_FILE),
        new CapSettings(keys(), mode(), text.apply(CapKeys.READINESS).equals("true")),
        redis());
  }

  private SessionMode mode() {
    String word = text.apply(CapKeys.HANDSHAKE);
    return CapKeys.HANDSHAKE.choices().contains(word)
        ? SessionMode.valueOf(word.toUpperCase(Locale.ROOT))
        : SessionMode.OFF;
  }

  private SenderKeys keys() {
    Map<String, PublicKey> workers = senders(CapKeys.KEYS);
    Map<String, PublicKey> clients = senders(CapKeys.CLIENT_KEYS);
    Optional<PrivateKey> own =
        path(CapKeys.SIGNING_KEY_FILE)
            .flatMap(file -> content(CapKeys.SIGNING_KEY_FILE, file))
            .flatMap(pem -> {
              Optional<PrivateKey> key = SenderKeys.privateKey(pem);
              if (key.isEmpty()) {
                wrong(CapKeys.SIGNING_KEY_FILE, "a P-256 private key, PKCS 8 in PEM");
              }
              return key;
            });
    for (String sender : new TreeSet<>(clients.keySet())) {
      if (workers.containsKey(sender) && !workers.get(sender).equals(clients.get(sender))) {
        wrong(CapKeys.CLIENT_KEYS, "in " + sender + PEM + " the same key as in workers.keys");
        clients.remove(sender);
      }
    }
    return new SenderKeys(own, own.isPresent() ? "cordum-scheduler" : "", workers, clients);
  }

  private Map<String, PublicKey> senders(ConfigKey setting) {
    Map<String, PublicKey> senders = new HashMap<>();
    path(setting).ifPresent(folder -> readSenders(setting, folder, senders));
    return senders;
  }

  private void readSenders(ConfigKey setting, Path folder, Map<String, PublicKey> senders) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + PEM)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        Optional<PublicKey> key = content(setting, file).flatMap(SenderKeys::publicKey);
        if (key.isPresent()) {
          senders.put(name.substring(0, name.length() - PEM.length()), key.get());
        } else {
          wrong(setting, "a P-256 public key in PEM in " + name);
        }
      }
    } catch (IOException e) {
      wrong(setting, "a folder that can be read");
      return;
    }
    if (senders.isEmpty()) {
      wrong(setting, "at least one SENDER.pem");
    }
  }

  private Optional<URI> redis() {
    String address = text.apply(CapKeys.REDIS_URL);
    Optional<Path> file = path(CapKeys.REDIS_URL_FILE);
    if (file.isPresent()) {
      if (!address.isEmpty()) {
        problems.add("bus.redis.url_file: set beside bus.redis.url (expected: one of them)");
        return Optional.empty();
      }
      address = content(CapKeys.REDIS_URL_FILE, file.get()).orElse("").strip();
    }
    if (address.isEmpty()) {
      return Optional.empty();
    }
    boolean known = address.startsWith("redis://") || address.startsWith("rediss://");
    try {
      URI uri = URI.create(address);
      if (known && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // Said below: the address may hold a password and is not shown.
    }
    problems.add("bus.redis.url: not an address (expected: redis://HOST:PORT)");
    return Optional.empty();
  }

  private Optional<Path> path(ConfigKey key) {
    String value = text.apply(key);
    try {
      return value.isEmpty() ? Optional.empty() : Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      wrong(key, "a path");
      return Optional.empty();
    }
  }

  private Optional<String> content(ConfigKey key, Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      wrong(key, "a file that can be read");
      return Optional.empty();
    }
  }

  private void wrong(ConfigKey key, String expected) {
    problems.add(
        key.name()
            + ": "
            + Text.quoteForMessage(text.apply(key))
            + " (expected: "
            + expected
            + ")");
  }
}
