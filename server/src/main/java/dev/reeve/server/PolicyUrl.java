package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A policy that is fetched, and what is asked of the place it comes from.
///
/// @param address where it is; its signature is at the same path with `.sig` after it
/// @param hosts the hosts it may come from, redirects included; empty for any
/// @param privateHosts whether it may come from this machine or its network, also without TLS
/// @param interval how often it is looked at
public record PolicyUrl(URI address, Set<String> hosts, boolean privateHosts, Duration interval) {
  private static final int NAME_HASH_DIGITS = 8;

  public PolicyUrl {
    hosts = Set.copyOf(hosts);
  }

  /// @return empty when the text is no address that a policy can be fetched from
  static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text.strip());
      boolean fits =
          uri.getHost() != null && uri.getRawUserInfo() == null && !scheme(uri).isEmpty();
      return fits ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /// `https` or `http`; empty for anything else.
  static String scheme(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return scheme.equals("https") || scheme.equals("http") ? scheme : "";
  }

  /// Where the policy that was fetched last is kept. Another address has another file, so that the
  /// policy of one is never taken for that of the other.
  Path fileIn(Path data) {
    String hash = Sha256.of(Bytes.utf8(address.toString())).hex().substring(0, NAME_HASH_DIGITS);
    String host = address.getHost().replaceAll("[^A-Za-z0-9.-]", "");
    return data.resolve("policy-from-" + host + "-" + hash + ".yaml");
  }

  /// An address in logs and on the health page: what follows its path may be a secret.
  static String shown(URI address) {
    String text = address.toString();
    return text.substring(0, endOfPath(text));
  }

  /// Where its signature is.
  URI signature() {
    String text = address.toString();
    int end = endOfPath(text);
    return URI.create(text.substring(0, end) + PolicySignatures.SUFFIX + text.substring(end));
  }

  private static int endOfPath(String address) {
    int end = address.length();
    for (char mark : new char[] {'#', '?'}) {
      int at = address.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    return end;
  }
}
