package dev.reeve.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import dev.reeve.base.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Keeps web pages from using the local operator's rights through their browser.
///
/// A caller on loopback needs no credential, and so does a page that runs in a browser on this
/// machine. Hence: no cross-origin request, and no name for this server but its own, which stops a
/// foreign name that was made to point here. Where everybody shows a key a page has no such rights,
/// and the server may have any name.
final class BrowserGuard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private final String host;
  private final boolean keyed;

  /// @param host the address that is listened on, allowed as a name too
  /// @param keyed whether everybody must show a key
  BrowserGuard(String host, boolean keyed) {
    this.host = host.toLowerCase(Locale.ROOT);
    this.keyed = keyed;
  }

  Optional<Problem> check(RequestHeaders headers) {
    String authority = headers.authority() == null ? "" : headers.authority();
    if (!keyed && !isOwn(authority)) {
      return Optional.of(
          GatewayProblems.ORIGIN_REFUSED.field(
              "host", authority, "localhost or a loopback address"));
    }
    String origin = headers.get(HttpHeaderNames.ORIGIN, "");
    boolean sameOrigin =
        origin.isEmpty()
            || origin.equalsIgnoreCase("http://" + authority)
            || origin.equalsIgnoreCase("https://" + authority);
    return sameOrigin
        ? Optional.empty()
        : Optional.of(GatewayProblems.ORIGIN_REFUSED.field("origin", origin, "this server's own"));
  }

  private boolean isOwn(String authority) {
    String name = PORT.matcher(authority).replaceFirst("").toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name) || name.equals(host) || LOOPBACK_V4.matcher(name).matches();
  }
}
