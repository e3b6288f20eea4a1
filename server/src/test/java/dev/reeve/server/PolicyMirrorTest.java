package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reeve.base.ProblemException;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.SharedScanner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A policy that comes from an address: what is taken, what is refused, what stays.
class PolicyMirrorTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final SharedScanner SCANNER = SharedScanner.builtIn();
  private static final String ALLOW = "version: allow\ndefault_decision: allow\nrules: []\n";
  private static final String DENY = "version: deny\ndefault_decision: deny\nrules: []\n";

  /// What is served: a body, or `-> PATH` for a redirect, or a status.
  private final Map<String, String> served = new ConcurrentHashMap<>();

  private final RulesInForce rules = new RulesInForce(SCANNER);
  private HttpServer server;
  private int port;

  @TempDir private Path data;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    port = server.getAddress().getPort();
    server.createContext("/", this::answer);
    server.setExecutor(null);
    server.start();
    served.put("/p.yaml", ALLOW);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String what = served.getOrDefault(exchange.getRequestURI().getPath(), "404");
      if (what.startsWith("-> ")) {
        exchange.getResponseHeaders().add("location", what.substring(3));
        exchange.sendResponseHeaders(302, -1);
      } else if (what.matches("\\d{3}")) {
        exchange.sendResponseHeaders(Integer.parseInt(what), -1);
      } else if (!what.equals("silence")) {
        byte[] body = what.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private PolicyUrl url(String path, Set<String> hosts, boolean privateHosts) {
    URI address = PolicyUrl.parse("http://127.0.0.1:" + port + path).orElseThrow();
    return new PolicyUrl(address, hosts, privateHosts, Duration.ofSeconds(30));
  }

  private PolicyMirror open(String path, PolicySignatures signatures) {
    return PolicyMirror.open(url(path, Set.of(), true), data, signatures, SCANNER, TIMEOUT);
  }

  private PolicyKeeper keep(PolicyMirror mirror, PolicySignatures signatures) {
    return PolicyKeeper.open(
        new PolicyReading(List.of(mirror.file()), Optional.empty(), signatures),
        rules,
        InstantSource.system());
  }

  private static void again(PolicyMirror mirror, PolicyKeeper keeper) {
    mirror.fetch();
    mirror.put();
    keeper.look();
  }

  @Test
  void what_is_at_the_address_is_in_force_and_its_changes_are_taken() {
    PolicyMirror mirror = open("/p.yaml", PolicySignatures.NOT_ASKED);
    PolicyKeeper keeper = keep(mirror, PolicySignatures.NOT_ASKED);
    assertThat(rules.snapshotId()).startsWith("allow:");

    served.put("/p.yaml", DENY);
    again(mirror, keeper);

    assertThat(rules.snapshotId()).startsWith("deny:");
    assertThat(mirror.trouble()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "404, HTTP status 404",
    "500, HTTP status 500",
    "'rules: [', p.yaml",
    "'default_decision: perhaps', perhaps",
    "'rules: [{id: a, match: {agent_risk_tiers: [high]}, decision: deny}]', cannot enforce",
    "'# nothing', empty",
    "'{}', empty",
    "'output_rules: [{id: r, match: {scanners: [secrt]}, decision: redact}]', 'mean \"secret\"?'",
    "silence, p.yaml",
  })
  void whatever_goes_wrong_the_policy_before_stays(String then, String trouble) {
    PolicyMirror mirror = open("/p.yaml", PolicySignatures.NOT_ASKED);
    PolicyKeeper keeper = keep(mirror, PolicySignatures.NOT_ASKED);

    served.put("/p.yaml", then);
    again(mirror, keeper);

    assertThat(rules.snapshotId()).startsWith("allow:");
    assertThat(mirror.trouble()).startsWith("policy.url: ").contains(trouble);

    served.put("/p.yaml", DENY);
    again(mirror, keeper);
    assertThat(rules.snapshotId()).startsWith("deny:");
    assertThat(mirror.trouble()).isEmpty();
  }

  @Test
  void a_start_without_an_answer_takes_the_policy_of_before_and_without_one_is_refused() {
    open("/p.yaml", PolicySignatures.NOT_ASKED);
    served.put("/p.yaml", "503");

    PolicyMirror again = open("/p.yaml", PolicySignatures.NOT_ASKED);
    keep(again, PolicySignatures.NOT_ASKED);

    assertThat(rules.snapshotId()).startsWith("allow:");
    assertThat(again.trouble()).contains("503");
    assertThatThrownBy(() -> open("/other.yaml", PolicySignatures.NOT_ASKED))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ServerProblems.POLICY_FILE_UNREADABLE))
        .hasMessageContaining("policy.url: ")
        .hasMessageContaining("404");
  }

  @Test
  void five_redirects_are_followed_and_no_more() {
    served.put("/5", "-> /4");
    served.put("/4", "-> /3");
    served.put("/3", "-> /2");
    served.put("/2", "-> /1");
    served.put("/1", "-> /p.yaml");
    served.put("/6", "-> /5");

    assertThat(open("/5", PolicySignatures.NOT_ASKED).trouble()).isEmpty();
    assertThatThrownBy(() -> open("/6", PolicySignatures.NOT_ASKED))
        .hasMessageContaining("more than 5 redirects");
  }

  @ParameterizedTest
  @CsvSource({
    "http://93.184.215.14/p.yaml, not encrypted",
    "ftp://127.0.0.1/p.yaml, no address to fetch from",
    "https://somebody@127.0.0.1/p.yaml, no address to fetch from",
    "http://localhost/p.yaml, is not one of policy.url_hosts",
  })
  void a_redirect_is_looked_at_like_an_address(String target, String trouble) {
    served.put("/away", "-> " + target);
    Set<String> hosts = target.contains("localhost") ? Set.of("127.0.0.1") : Set.of();

    assertThatThrownBy(() ->
            PolicyMirror.open(
                url("/away", hosts, true), data, PolicySignatures.NOT_ASKED, SCANNER, TIMEOUT))
        .hasMessageContaining(trouble);
  }

  @Test
  void private_addresses_and_other_hosts_are_refused_unless_allowed() {
    assertThatThrownBy(() ->
            PolicyMirror.open(
                url("/p.yaml", Set.of(), false),
                data,
                PolicySignatures.NOT_ASKED,
                SCANNER,
                TIMEOUT))
        .hasMessageContaining("private address");
    assertThatThrownBy(() ->
            PolicyMirror.open(
                url("/p.yaml", Set.of("policies.example"), true),
                data,
                PolicySignatures.NOT_ASKED,
                SCANNER,
                TIMEOUT))
        .hasMessageContaining("is not one of policy.url_hosts");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, true", "172.31.0.1, true", "172.32.0.1, false", "192.168.1.1, true",
    "169.254.169.254, true", "100.64.0.1, true", "100.128.0.1, false", "0.0.0.0, true",
    "224.0.0.1, true", "255.255.255.255, true", "8.8.8.8, false", "::1, true",
    "::ffff:10.0.0.1, true", "fd00::1, true", "fe80::1, true", "64:ff9b::a00:1, true",
    "2002:a00:1::1, true", "2001:4860:4860::8888, false", "::7f00:1, true",
  })
  void addresses_of_no_public_host_are_known(String address, boolean isPrivate) throws IOException {
    assertThat(PrivateAddress.is(InetAddress.getByName(address))).isEqualTo(isPrivate);
  }

  @Test
  void what_is_too_large_or_too_slow_is_refused() {
    served.put("/large", "#" + "x".repeat(2 * 1024 * 1024));
    assertThatThrownBy(() -> open("/large", PolicySignatures.NOT_ASKED))
        .hasMessageContaining("policy.url: ");

    assertThatThrownBy(() ->
            PolicyMirror.open(
                url("/p.yaml", Set.of(), true),
                data,
                PolicySignatures.NOT_ASKED,
                SCANNER,
                Duration.ofNanos(1)))
        .hasMessageContaining("no answer within");
  }

  @Test
  void a_policy_without_a_good_signature_replaces_none_where_signatures_are_enforced()
      throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    PolicySignatures enforced =
        new PolicySignatures(PolicySignatures.Mode.ENFORCE, Optional.of(keys.getPublic()));
    assertThatThrownBy(() -> open("/p.yaml", enforced)).hasMessageContaining("p.yaml.sig");

    served.put("/p.yaml.sig", signature(keys, ALLOW));
    PolicyMirror mirror = open("/p.yaml", enforced);
    PolicyKeeper keeper = keep(mirror, enforced);
    assertThat(keeper.loaded().files().getFirst().verified()).isTrue();

    served.put("/p.yaml", DENY);
    again(mirror, keeper);
    assertThat(rules.snapshotId()).startsWith("allow:");
    assertThat(mirror.trouble()).contains("no good signature");

    served.put("/p.yaml.sig", signature(keys, DENY));
    again(mirror, keeper);
    assertThat(rules.snapshotId()).startsWith("deny:");
    assertThat(mirror.trouble() + keeper.trouble()).isEmpty();
  }

  @Test
  void a_signature_that_is_given_holds_for_what_is_fetched() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path file = url("/p.yaml", Set.of(), true).fileIn(data);
    PolicySignatures pinned =
        new PolicySignatures(
            PolicySignatures.Mode.ENFORCE,
            Optional.of(keys.getPublic()),
            Optional.of(
                new PolicySignatures.Given(file, signature(keys, ALLOW), Optional.empty())));

    PolicyMirror mirror = open("/p.yaml", pinned);
    PolicyKeeper keeper = keep(mirror, pinned);
    served.put("/p.yaml", DENY);
    again(mirror, keeper);

    assertThat(rules.snapshotId()).startsWith("allow:");
    assertThat(mirror.trouble()).contains("no good signature");
  }

  private static String signature(KeyPair keys, String policy) throws Exception {
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initSign(keys.getPrivate());
    ed25519.update(policy.getBytes(StandardCharsets.UTF_8));
    return "ed25519:" + Base64.getEncoder().encodeToString(ed25519.sign());
  }
}
