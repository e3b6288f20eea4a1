package dev.reeve.conformance.e2e;

import dev.reeve.testing.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The two databases that everything must work on.
enum Database {
  SQLITE,
  POSTGRESQL;

  /// What a first start needs to know of it: an empty one of its own. The data of an embedded one
  /// lies in the data folder, which is named anyway.
  List<String> fresh() {
    return switch (this) {
      case SQLITE -> List.of();
      case POSTGRESQL -> List.of("--store", PostgresServer.shared().createDatabase().url());
    };
  }

  /// A server's arguments on a fresh one: every listener on a free port, and what else is said.
  String[] arguments(String... more) {
    List<String> all = new ArrayList<>(fresh());
    all.addAll(List.of("--http-port", "0"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /// A name for this database's data in a test's folder.
  Path data(Path folder) {
    return folder.resolve(name().toLowerCase(Locale.ROOT));
  }
}
