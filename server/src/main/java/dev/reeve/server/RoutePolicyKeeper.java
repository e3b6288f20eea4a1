package dev.reeve.server;

import dev.reeve.base.ProblemException;
import dev.reeve.server.route.RoutePolicyFolder;
import dev.reeve.service.route.KeepRoutePolicies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the routing policies of a folder in force. At start an unreadable file stops the server;
/// later what was in force stays, and health says what is wrong.
///
/// [#look] is called by one thread, about fifty times a second; it costs a stat for each file when
/// nothing changed.
final class RoutePolicyKeeper {
  private static final Logger log = LoggerFactory.getLogger(RoutePolicyKeeper.class);

  private final Optional<RoutePolicyFolder> folder;
  private final KeepRoutePolicies policies;
  private volatile String trouble = "";
  private String seen = "";

  RoutePolicyKeeper(Optional<Path> folder, KeepRoutePolicies policies) {
    this.folder = folder.map(RoutePolicyFolder::new);
    this.policies = policies;
  }

  /// Puts in force what was kept, and over it what the folder says. After the writer has started.
  ///
  /// @throws ProblemException naming file and reason
  void open() {
    try {
      policies.open();
      if (folder.isPresent()) {
        seen = folder.get().stamp();
        policies.replaceFiles(folder.get().read());
      }
    } catch (IOException e) {
      throw ServerProblems.ROUTE_POLICIES_UNREADABLE
          .because("routing policies: " + reason(e) + " (expected: files that can be read)")
          .toException();
    }
  }

  /// Why the policies in force are not those of the folder; empty when they are.
  String trouble() {
    return trouble;
  }

  /// Loads the folder again when something in it changed.
  void look() {
    if (folder.isEmpty()) {
      return;
    }
    try {
      String stamp = folder.get().stamp();
      if (!stamp.equals(seen)) {
        policies.replaceFiles(folder.get().read());
        seen = stamp;
        say("");
      }
    } catch (IOException e) {
      say(reason(e));
    } catch (ProblemException e) {
      say(e.problem().message());
    }
  }

  private void say(String now) {
    if (!now.isEmpty() && !now.equals(trouble)) {
      log.warn("routing policies not loaded, those before stay reason={}", now);
    }
    trouble = now;
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
