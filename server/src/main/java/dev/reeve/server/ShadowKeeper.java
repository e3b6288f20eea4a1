package dev.reeve.server;

import dev.reeve.base.ProblemException;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.service.ShadowPolicies;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.UnknownScanners;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the files of shadow policies loaded. One that cannot be loaded is left out, with a
/// warning: it decides nothing. Called by one thread.
final class ShadowKeeper {
  private static final Logger log = LoggerFactory.getLogger(ShadowKeeper.class);

  private final List<Path> files;
  private final ShadowPolicies shadows;
  private final SharedScanner scanner;
  private String seen = "";

  ShadowKeeper(List<Path> files, ShadowPolicies shadows, SharedScanner scanner) {
    this.scanner = scanner;
    this.files = files.stream().distinct().toList();
    this.shadows = shadows;
  }

  /// Loads the files again when one changed.
  void look() {
    if (files.isEmpty()) {
      return;
    }
    String stamp = stamp();
    if (!stamp.equals(seen)) {
      seen = stamp;
      List<ShadowPolicies.Named> policies = new ArrayList<>();
      files.forEach(file -> load(file).ifPresent(policies::add));
      shadows.replace(policies);
    }
  }

  private String stamp() {
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      try {
        all.append(reading(file).stamp());
      } catch (IOException e) {
        all.append(file).append(" ").append(e.getMessage()).append('\n');
      }
    }
    return all.toString();
  }

  private Optional<ShadowPolicies.Named> load(Path file) {
    try {
      PolicySnapshot policy = reading(file).read().load().orThrow(file.toString());
      UnknownScanners.refuse(file.toString(), policy.document(), scanner);
      return Optional.of(new ShadowPolicies.Named(file.toString(), policy));
    } catch (IOException | ProblemException e) {
      log.warn("shadow policy not loaded file={} reason={}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private static PolicyReading reading(Path file) {
    return new PolicyReading(List.of(file), Optional.empty(), PolicySignatures.NOT_ASKED);
  }
}
