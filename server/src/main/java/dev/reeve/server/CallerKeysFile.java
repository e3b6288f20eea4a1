package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import dev.reeve.gateway.CallerKey;
import dev.reeve.gateway.CallerKeys;
import dev.reeve.gateway.Credentials;
import dev.reeve.service.Caller;
import dev.reeve.service.Role;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The keys file: a list of `{name, sha256, principal, tenant or tenants, role, access, expires}`.
/// One with nothing in it, or with comments alone, is an empty list. Read again as [ReloadedFile]
/// says.
final class CallerKeysFile {
  private static final int BYTES_MAX = 4 * 1024 * 1024;
  private static final int ENTRIES_MAX = 10_000;
  private static final int TENANTS_MAX = 100;
  private static final Set<String> MEMBERS =
      Set.of("access", "expires", "name", "principal", "role", "sha256", "tenant", "tenants");

  private final Optional<ReloadedFile<CallerKeys>> file;
  private final IdentitySettings settings;

  private CallerKeysFile(Optional<ReloadedFile<CallerKeys>> file, IdentitySettings settings) {
    this.file = file;
    this.settings = settings;
  }

  /// @throws ProblemException `KEYS_FILE_INVALID`
  static CallerKeysFile open(IdentitySettings settings) {
    return new CallerKeysFile(
        settings
            .keys()
            .map(path ->
                ReloadedFile.open(
                    path, BYTES_MAX, ServerProblems.KEYS_FILE_INVALID, text -> parse(path, text))),
        settings);
  }

  /// What callers must show.
  Credentials credentials() {
    return file.map(keys ->
            new Credentials(Optional.of(keys), settings.localOperator(), settings.metricsOpen()))
        .orElse(Credentials.NONE);
  }

  /// What is wrong with the file; empty when nothing is.
  String trouble() {
    return file.map(ReloadedFile::trouble).orElse("");
  }

  /// Reads it again when it has changed.
  void look() {
    file.ifPresent(ReloadedFile::look);
  }

  static CallerKeys parse(Path file, String text) {
    @Nullable Object root;
    try {
      root = StrictYaml.load(text);
    } catch (YamlEngineException e) {
      // Not the text of the line: it may be a key that somebody put here by mistake.
      throw invalid(file, "not YAML (expected: a list of keys)");
    }
    if (root == null) {
      return CallerKeys.NONE;
    }
    if (!(root instanceof List<?> entries) || entries.size() > ENTRIES_MAX) {
      throw invalid(file, "not a list (expected: at most " + ENTRIES_MAX + " keys)");
    }
    List<CallerKey> keys = new ArrayList<>();
    Set<Bytes> hashes = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      CallerKey key = new Entry(file, i, entries.get(i)).key();
      if (!hashes.add(key.sha256())) {
        throw invalid(file, "[" + i + "].sha256: there already (expected: each key once)");
      }
      keys.add(key);
    }
    return CallerKeys.of(keys);
  }

  /// One entry of the list.
  private record Entry(Path file, int index, Object value) {
    CallerKey key() {
      if (!(value instanceof Map<?, ?> members)) {
        throw wrong("", "a mapping with " + String.join(", ", new TreeSet<>(MEMBERS)));
      }
      members
          .keySet()
          .forEach(member -> {
            if (!MEMBERS.contains(String.valueOf(member))) {
              throw wrong(
                  ": unknown member", "one of " + String.join(", ", new TreeSet<>(MEMBERS)));
            }
          });
      Role role = role(members);
      return new CallerKey(
          id(members, "name"),
          sha256(members),
          principal(members),
          role,
          access(members, role),
          tenants(members),
          expires(members));
    }

    /// Nobody is called as somebody who needs no key.
    private String principal(Map<?, ?> members) {
      String principal = id(members, "principal");
      if (Caller.RESERVED.contains(principal)) {
        throw wrong(".principal", "another name than " + String.join(", ", Caller.RESERVED));
      }
      return principal;
    }

    private CallerKey.Access access(Map<?, ?> members, Role role) {
      CallerKey.Access access =
          switch (text(members, "access")) {
            case "", "tenant" -> CallerKey.Access.TENANT;
            case "monitor" -> CallerKey.Access.MONITOR;
            case "operator" -> CallerKey.Access.OPERATOR;
            default -> throw wrong(".access", "tenant, monitor or operator");
          };
      if (access == CallerKey.Access.OPERATOR && role != Role.ADMIN) {
        throw wrong(".role", "admin, with the operator's access");
      }
      return access;
    }

    private List<String> tenants(Map<?, ?> members) {
      if (!members.containsKey("tenants")) {
        return List.of(tenant(members));
      }
      boolean listed =
          !members.containsKey("tenant")
              && members.get("tenants") instanceof List<?> listing
              && !listing.isEmpty()
              && listing.size() <= TENANTS_MAX
              && listing.stream().allMatch(one -> one instanceof String id && Ids.isTenant(id))
              && new HashSet<>(listing).size() == listing.size();
      if (!listed) {
        throw wrong(
            ".tenants", "a list of 1 to " + TENANTS_MAX + " names, each once, in place of tenant");
      }
      return ((List<?>) members.get("tenants")).stream().map(String::valueOf).toList();
    }

    private String tenant(Map<?, ?> members) {
      String text = text(members, "tenant");
      if (!Ids.isTenant(text)) {
        throw wrong(".tenant", Ids.TENANT_SHAPE);
      }
      return text;
    }

    private String id(Map<?, ?> members, String member) {
      String text = text(members, member);
      if (!Ids.isGiven(text)) {
        throw wrong("." + member, Ids.GIVEN_SHAPE);
      }
      return text;
    }

    private Bytes sha256(Map<?, ?> members) {
      try {
        Bytes hash = Bytes.wrap(HexFormat.of().parseHex(text(members, "sha256")));
        if (hash.size() == Sha256.LENGTH) {
          return hash;
        }
      } catch (IllegalArgumentException _) {
        // Told below.
      }
      throw wrong(".sha256", "64 hex digits, as reeve key new makes them");
    }

    private Role role(Map<?, ?> members) {
      return switch (text(members, "role")) {
        case "admin" -> Role.ADMIN;
        case "user" -> Role.USER;
        case "viewer" -> Role.VIEWER;
        default -> throw wrong(".role", "admin, user or viewer");
      };
    }

    private Optional<Instant> expires(Map<?, ?> members) {
      String text = text(members, "expires");
      try {
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
      } catch (DateTimeParseException e) {
        throw wrong(".expires", "a time such as 2030-01-31T00:00:00Z");
      }
    }

    private static String text(Map<?, ?> members, String member) {
      Object text = members.get(member);
      return text == null ? "" : String.valueOf(text);
    }

    /// Without the value, which may be a secret in the wrong place.
    private ProblemException wrong(String member, String expected) {
      return invalid(
          file, String.format(Locale.ROOT, "[%d]%s (expected: %s)", index, member, expected));
    }
  }

  private static ProblemException invalid(Path file, String what) {
    return ServerProblems.KEYS_FILE_INVALID.because(file + ": " + what).toException();
  }
}
