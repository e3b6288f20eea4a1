package dev.reeve.server;

import dev.reeve.gateway.provider.ProviderBus;
import dev.reeve.gateway.remote.RemoteTarget;
import dev.reeve.gateway.remote.RemoteTarget.Security;
import dev.reeve.service.bus.Subjects;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads where a provider of kind `remote` is: an address for gRPC, or a subject of the bus.
final class RemoteReader {
  /// The keys that this kind alone has.
  static final List<String> KEYS = List.of("address", "tls", "tls_ca", "subject", "remote_id");

  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):(\\d{1,5})");

  /// Takes what is wrong.
  @FunctionalInterface
  interface Wrong {
    void is(String key, String value, String expected);
  }

  /// Where it is.
  ///
  /// @param target over gRPC; empty: at the subject
  /// @param shown for people
  record Place(Optional<RemoteTarget> target, String subject, String shown) {}

  private final ProviderEntry entry;
  private final Wrong wrong;

  RemoteReader(ProviderEntry entry, Wrong wrong) {
    this.entry = entry;
    this.wrong = wrong;
  }

  Optional<Place> read() {
    String address = entry.text("address");
    String subject = entry.text("subject");
    if (!address.isEmpty() && !subject.isEmpty()) {
      wrong.is("subject", subject, "address or subject, not both");
      return Optional.empty();
    }
    return address.isEmpty() ? onBus(subject) : target(address);
  }

  private Optional<Place> onBus(String text) {
    String subject = text.isEmpty() ? ProviderBus.INVOKE : text;
    if (!Subjects.isSubject(subject)) {
      wrong.is("subject", subject, "a subject without blanks or wildcards");
      return Optional.empty();
    }
    for (String key : List.of("tls", "tls_ca", "api_key_env", "api_key_file")) {
      if (!entry.text(key).isEmpty()) {
        wrong.is(key, entry.text(key), "address beside it; the bus has its own");
        return Optional.empty();
      }
    }
    return Optional.of(new Place(Optional.empty(), subject, "nats:" + subject));
  }

  private Optional<Place> target(String text) {
    Matcher address = ADDRESS.matcher(text);
    int port = address.matches() ? Integer.parseInt(address.group(3)) : 0;
    if (port < 1 || port > 65_535) {
      wrong.is("address", text, "HOST:PORT, or [IPV6]:PORT");
      return Optional.empty();
    }
    String host = address.group(1) == null ? address.group(2) : address.group(1);
    return security(text, host)
        .map(security ->
            new Place(Optional.of(new RemoteTarget(host, port, security)), "", "grpc://" + text));
  }

  private Optional<Security> security(String address, String host) {
    String ca = entry.text("tls_ca");
    String tls = entry.text("tls");
    if (!tls.isEmpty() && !tls.equals("on") && !tls.equals("off")) {
      wrong.is("tls", tls, "on, off");
      return Optional.empty();
    }
    if (tls.equals("on") || !ca.isEmpty()) {
      if (tls.equals("off")) {
        wrong.is("tls", tls, "on beside tls_ca");
        return Optional.empty();
      }
      return Optional.of(
          new Security.Tls(
              ca.isEmpty() ? Optional.empty() : Optional.of(Path.of(ca)), Optional.empty()));
    }
    if (tls.isEmpty() && !isLoopback(host)) {
      wrong.is("address", address, "tls: on beside it, because it is another machine; or tls: off");
      return Optional.empty();
    }
    return Optional.of(new Security.Plaintext());
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost") || host.equals("::1") || host.startsWith("127.");
  }
}
