package dev.reeve.server.offline;

import dev.reeve.cli.PolicyFiles;
import dev.reeve.scan.CustomScanners;
import dev.reeve.service.SharedScanner;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which detectors an offline command looks with.
final class ScannerOptions {
  private static final int BYTES_MAX = 1024 * 1024;

  @Option(
      order = 3,
      names = "--scanners",
      paramLabel = "FILE",
      description = "Scanners of your own; one with a built-in name replaces that.")
  private @Nullable String file;

  /// Whether scanners were named.
  boolean isGiven() {
    return file != null;
  }

  /// The detectors, not yet built.
  SharedScanner load() {
    return new SharedScanner(
        Optional.ofNullable(file)
            .map(name -> PolicyFiles.read(name, BYTES_MAX).file().utf8())
            .map(CustomScanners::parse));
  }
}
