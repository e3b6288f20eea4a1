package dev.reeve.server;

import dev.reeve.providers.AwsAccess;
import dev.reeve.providers.AwsCredentials;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the environment says that credentials for AWS come from, in the order of the tools of AWS:
/// its variables, a profile of the credentials file, the endpoint of a container's role, and where
/// none of them is spoken of the metadata of the instance.
final class AwsEnvironment {
  private static final Logger log = LoggerFactory.getLogger(AwsEnvironment.class);
  private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
  private static final String FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String RELATIVE_URI = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  private static final String ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
  private static final String INSTANCE = "http://169.254.169.254";

  /// Who sets one of these does not mean the instance.
  private static final List<String> ELSEWHERE =
      List.of(KEY_ID, SECRET, "AWS_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", FULL_URI, RELATIVE_URI);

  private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

  /// Where relative addresses are.
  private static final String CONTAINER_HOST = "169.254.170.2";

  /// Hosts that secrets are taken from without TLS, besides loopback: of ECS, EKS and EC2.
  private static final Set<String> PLAIN_HOSTS =
      Set.of(
          CONTAINER_HOST, "169.254.170.23", "[fd00:ec2::23]", "169.254.169.254", "[fd00:ec2::254]");

  private final Map<String, String> environment;
  private final Optional<AwsAccess.Source> source;

  AwsEnvironment(Map<String, String> environment) {
    this.environment = environment;
    source = given().or(this::profile).or(this::container).or(this::instance);
  }

  /// How a region is reached; empty when nobody says who signs.
  Optional<AwsAccess> access(String region) {
    return source.map(from -> new AwsAccess(region, from));
  }

  /// The variable that should say who signs and does not; empty when none is missing.
  String missing() {
    if (source.isPresent()) {
      return "";
    }
    return variable(KEY_ID).isEmpty() ? KEY_ID : SECRET;
  }

  private Optional<AwsAccess.Source> given() {
    return variable(KEY_ID).isEmpty() || variable(SECRET).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AwsAccess.Source.Given(
                AwsCredentials.of(
                    variable(KEY_ID), variable(SECRET), variable("AWS_SESSION_TOKEN"))));
  }

  /// A file that is named, or a profile, is meant even where it is not there yet.
  private Optional<AwsAccess.Source> profile() {
    String named = variable("AWS_SHARED_CREDENTIALS_FILE");
    String profile = variable("AWS_PROFILE");
    if (named.isEmpty() && variable("HOME").isEmpty()) {
      return Optional.empty();
    }
    Path file = named.isEmpty() ? Path.of(variable("HOME"), ".aws", "credentials") : Path.of(named);
    boolean meant = !named.isEmpty() || !profile.isEmpty() || Files.isReadable(file);
    return meant
        ? Optional.of(new AwsAccess.Source.Profile(file, profile.isEmpty() ? "default" : profile))
        : Optional.empty();
  }

  private Optional<AwsAccess.Source> container() {
    String relative = variable(RELATIVE_URI);
    String full = relative.isEmpty() ? variable(FULL_URI) : "http://" + CONTAINER_HOST + relative;
    if (full.isEmpty()) {
      return Optional.empty();
    }
    return usable(FULL_URI, full).map(at -> new AwsAccess.Source.Container(at, token()));
  }

  private Optional<AwsAccess.Source> instance() {
    boolean meant =
        ELSEWHERE.stream().allMatch(name -> variable(name).isEmpty())
            && !variable("AWS_EC2_METADATA_DISABLED").equalsIgnoreCase("true");
    if (!meant) {
      return Optional.empty();
    }
    String named = variable(ENDPOINT);
    return usable(ENDPOINT, named.isEmpty() ? INSTANCE : named).map(AwsAccess.Source.Instance::new);
  }

  private static Optional<URI> usable(String variable, String text) {
    Optional<URI> address = address(text);
    if (address.isEmpty()) {
      log.warn(
          "{} is not used: {} (expected: https, or an address of the container, the instance or of"
              + " loopback)",
          variable,
          text);
    }
    return address;
  }

  private AwsAccess.Source.Token token() {
    String file = variable(TOKEN_FILE);
    return file.isEmpty()
        ? AwsAccess.Source.Token.of(variable("AWS_CONTAINER_AUTHORIZATION_TOKEN"))
        : AwsAccess.Source.Token.in(Path.of(file));
  }

  private static Optional<URI> address(String text) {
    try {
      URI address = new URI(text);
      String host = address.getHost();
      boolean good =
          host != null
              && address.getRawUserInfo() == null
              && ("https".equals(address.getScheme())
                  || ("http".equals(address.getScheme())
                      && (PLAIN_HOSTS.contains(host) || isLoopback(host))));
      return good ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /// Names are not looked up: what they lead to may change.
  private static boolean isLoopback(String host) {
    boolean literal = host.startsWith("[") || host.chars().allMatch(c -> c == '.' || isDigit(c));
    if (!literal) {
      return host.equals("localhost");
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private String variable(String name) {
    return environment.getOrDefault(name, "").strip();
  }
}
