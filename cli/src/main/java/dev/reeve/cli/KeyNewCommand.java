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
      description = "The tenant they may act for (default: ${DEFAULT-VALUE}).")
  private String tenant = "default";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "admin, user or viewer (default: ${DEFAULT-VALUE}).")
  private String role = "user";

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
    requireId("--for", tenant);
    if (!role.matches("admin|user|viewer")) {
      throw CliProblems.ARGUMENT_INVALID
          .field("--role", role, "admin, user or viewer")
          .toException();
    }
    byte[] secret = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    String entry = entry(Sha256.of(Bytes.utf8(key)).hex(), who);
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
  private String entry(String sha256, String who) {
    CanonicalWriter json = new CanonicalWriter().beginObject();
    if (expires != null) {
      json.member("expires", end(expires).toString());
    }
    return json.member("name", name)
        .member("principal", who)
        .member("role", role)
        .member("sha256", sha256)
        .member("tenant", tenant)
        .endObject()
        .toBytes()
        .utf8();
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
    if (!Ids.isGiven(value)) {
      throw CliProblems.ARGUMENT_INVALID.field(field, value, Ids.GIVEN_SHAPE).toException();
    }
  }
}
