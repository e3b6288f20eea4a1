package dev.reeve.cli;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Ids;
import dev.reeve.base.Sha256;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve key new`: a key for a caller, and the line by which a server knows it.
@Command(
    name = "new",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Make a key for a caller.",
    footer = {
      "The key is printed once and kept nowhere: who loses it gets a new one. --file adds the"
          + " entry",
      "with its hash to the file that identity.keys names; a server reads it within a second."
          + " Delete",
      "the line and the key is over. Show the key as authorization: Bearer KEY; this program takes"
          + " it",
      "from REEVE_KEY."
    })
final class KeyNewCommand implements Callable<Integer> {
  private static final int KEY_BYTES = 32;
  private static final String PREFIX = "rvk_";

  /// Who needs no key is called so.
  private static final List<String> RESERVED = List.of("anonymous", "bus", "local-operator");

  private final Console console;

  @Parameters(index = "0", paramLabel = "NAME", description = "What the key is called.")
  private String name = "";

  @Option(
      names = "--principal",
      paramLabel = "NAME",
      description = "Who calls with it (default: the key's name).")
  private @Nullable String principal;

  @Option(
      names = "--for",
      paramLabel = "TENANT",
      split = ",",
      hideParamSyntax = true,
      defaultValue = "default",
      description = "The tenant they may act for, or a list, first the usual (default: default).")
  private List<String> tenants = List.of();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "admin, user or viewer (default: user; admin with --operator).")
  private String role = "";

  @Option(
      names = "--operator",
      description = "May do what the operator of the server may, for every tenant.")
  private boolean operator;

  @Option(names = "--monitor", description = "May read /metrics and the whole of /healthz.")
  private boolean monitor;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "When it is over, such as 2030-01-31T00:00:00Z (default: never).")
  private @Nullable String expires;

  @Option(names = "--file", paramLabel = "FILE", description = "Adds the entry to this file.")
  private @Nullable String file;

  @Option(names = "--json", description = "Print JSON: the key and its entry.")
  private boolean json;

  KeyNewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String who = principal == null ? name : principal;
    requireId("NAME", name);
    requireId("--principal", who);
    tenants.forEach(tenant -> require(Ids.isTenant(tenant), "--for", tenant, Ids.TENANT_SHAPE));
    require(
        new HashSet<>(tenants).size() == tenants.size(),
        "--for",
        String.join(",", tenants),
        "each tenant once");
    String may = role.isEmpty() ? (operator ? "admin" : "user") : role;
    require(may.matches("admin|user|viewer"), "--role", may, "admin, user or viewer");
    require(!operator || may.equals("admin"), "--role", may, "admin with --operator");
    require(!operator || !monitor, "--monitor", "true", "not with --operator, which may do more");
    require(!RESERVED.contains(who), "--principal", who, "not " + String.join(", ", RESERVED));
    byte[] secret = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    String entry = entry(Sha256.of(Bytes.utf8(key)).hex(), who, may);
    if (file != null) {
      LocalFiles.appendItem(LocalFiles.path(file), entry);
    }
    if (json) {
      console.out().println("{\"entry\":" + entry + ",\"key\":\"" + key + "\"}");
    } else {
      console.out().println(key);
      if (file == null) {
        console.err().println("- " + entry);
      }
    }
    return ExitCodes.OK;
  }

  /// JSON, which is YAML too.
  private String entry(String sha256, String who, String may) {
    CanonicalWriter json = new CanonicalWriter().beginObject();
    if (operator || monitor) {
      json.member("access", operator ? "operator" : "monitor");
    }
    if (expires != null) {
      json.member("expires", end(expires).toString());
    }
    json.member("name", name).member("principal", who).member("role", may).member("sha256", sha256);
    if (tenants.size() == 1) {
      json.member("tenant", tenants.getFirst());
    } else {
      json.key("tenants").beginArray();
      tenants.forEach(json::value);
      json.endArray();
    }
    return json.endObject().toBytes().utf8();
  }

  private static Instant end(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw CliProblems.ARGUMENT_INVALID
          .field("--expires", text, "a time such as 2030-01-31T00:00:00Z")
          .toException();
    }
  }

  private static void requireId(String field, String value) {
    require(Ids.isGiven(value), field, value, Ids.GIVEN_SHAPE);
  }

  private static void require(boolean right, String field, String value, String expected) {
    if (!right) {
      throw CliProblems.ARGUMENT_INVALID.field(field, value, expected).toException();
    }
  }
}
