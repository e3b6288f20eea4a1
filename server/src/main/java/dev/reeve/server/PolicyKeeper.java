package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.policy.DefaultPolicy;
import dev.reeve.policy.PolicyFile;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.service.RulesInForce;
import dev.reeve.service.UnenforcedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the policy file in force. At start a missing or unreadable file stops the server; later
/// the policy that was loaded stays, and health says that the file is gone or broken.
///
/// [#look] is called by one thread, about ten times a second; it costs a stat when nothing changed.
final class PolicyKeeper {
  private static final Logger log = LoggerFactory.getLogger(PolicyKeeper.class);
  private static final String DEFAULT_NAME = "policy.yaml";
  private static final String WRITTEN_MARK = "policy.written";

  private final Path file;
  private final RulesInForce rules;
  private volatile String trouble = "";
  private String seen = "";

  private PolicyKeeper(Path file, RulesInForce rules) {
    this.file = file;
    this.rules = rules;
  }

  /// Loads the policy at start. Without a named file, the data directory's own is used, and written
  /// at the very first start.
  ///
  /// @throws dev.reeve.base.ProblemException naming file and reason
  static PolicyKeeper open(Optional<Path> named, Path data, RulesInForce rules) {
    Path file = named.orElseGet(() -> ownFile(data));
    PolicyKeeper keeper = new PolicyKeeper(file, rules);
    try {
      keeper.seen = keeper.stamp();
      PolicySnapshot snapshot = PolicyFile.load(keeper.bytes()).orThrow(file.toString());
      String unenforced = keeper.unenforced(snapshot);
      if (!unenforced.isEmpty()) {
        throw ServerProblems.POLICY_NOT_ENFORCED.because(unenforced).toException();
      }
      keeper.rules.replace(snapshot);
    } catch (IOException e) {
      throw ServerProblems.POLICY_FILE_UNREADABLE
          .because("policy.file: " + file + " (" + reason(e) + ")")
          .toException();
    }
    return keeper;
  }

  /// Why the policy in force is not that of the file; empty when it is.
  String trouble() {
    return trouble;
  }

  Path file() {
    return file;
  }

  /// Loads the file again when it changed.
  void look() {
    try {
      String stamp = stamp();
      if (stamp.equals(seen) && trouble.isEmpty()) {
        return;
      }
      if (stamp.equals(seen) && !trouble.isEmpty() && stamp.equals(failedStamp)) {
        return;
      }
      reload(stamp);
    } catch (IOException e) {
      complain("policy file " + file + " cannot be read: " + reason(e));
    }
  }

  private String failedStamp = "";

  private void reload(String stamp) throws IOException {
    seen = stamp;
    switch (PolicyFile.load(bytes())) {
      case PolicyLoad.Loaded loaded when unenforced(loaded.snapshot()).isEmpty() ->
          put(loaded.snapshot());
      case PolicyLoad.Loaded loaded -> refuse(stamp, unenforced(loaded.snapshot()));
      case PolicyLoad.Refused refused ->
          refuse(stamp, refused.toProblem(file.toString()).message());
    }
  }

  private void refuse(String stamp, String message) {
    failedStamp = stamp;
    complain(message);
  }

  /// What of a policy this server could not enforce, for people; empty when it enforces all of it.
  private String unenforced(PolicySnapshot snapshot) {
    List<String> parts = UnenforcedPolicy.partsOf(snapshot.document());
    return parts.isEmpty()
        ? ""
        : file + ": this version cannot enforce\n  " + String.join("\n  ", parts);
  }

  private void put(PolicySnapshot snapshot) {
    if (!snapshot.id().equals(rules.snapshotId())) {
      rules.replace(snapshot);
      log.info("policy loaded snapshot={}", snapshot.id());
    }
    trouble = "";
    failedStamp = "";
  }

  private void complain(String message) {
    if (!message.equals(trouble)) {
      log.warn("policy not loaded, the one before stays reason={}", message);
    }
    trouble = message;
  }

  private Bytes bytes() throws IOException {
    if (Files.size(file) > PolicyFile.SIZE_MAX) {
      throw new IOException("larger than 2 MiB");
    }
    return Bytes.wrap(Files.readAllBytes(file));
  }

  private String stamp() throws IOException {
    return Files.getLastModifiedTime(file).toMillis()
        + ":"
        + Files.size(file)
        + ":"
        + Files.getAttribute(file, "unix:ino");
  }

  private static Path ownFile(Path data) {
    Path file = data.resolve(DEFAULT_NAME);
    Path mark = data.resolve(WRITTEN_MARK);
    if (!Files.exists(file) && !Files.exists(mark)) {
      try {
        Files.createDirectories(data);
        Files.write(file, DefaultPolicy.file().toArray());
        Files.createFile(mark);
        log.info("default policy written file={}", file);
      } catch (IOException e) {
        throw ServerProblems.POLICY_FILE_NOT_WRITABLE
            .because("policy.file: " + file + " (" + reason(e) + ")")
            .toException();
      }
    }
    return file;
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
