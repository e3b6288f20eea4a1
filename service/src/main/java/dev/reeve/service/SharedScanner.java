package dev.reeve.service;

import dev.reeve.scan.ContentScanner;
import dev.reeve.scan.CustomScanners;
import dev.reeve.scan.ScanRules;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The detectors of this process: built once, when the first content comes, and shared by all who
/// look into content. Thread-safe.
///
/// Building takes tens of milliseconds on the thread that asks first; [#warmUp] does it before, on
/// a thread that may take its time.
public final class SharedScanner {
  private record Built(ContentScanner scanner, Set<String> names) {}

  private final Optional<CustomScanners> custom;
  private volatile @Nullable Built built;

  /// @param custom scanners of the user beside the built-in ones and those of plug-ins
  public SharedScanner(Optional<CustomScanners> custom) {
    this.custom = custom;
  }

  /// The detectors that come with the product.
  public static SharedScanner builtIn() {
    return new SharedScanner(Optional.empty());
  }

  /// Scans with every detector.
  public ContentScanner scanner() {
    return built().scanner();
  }

  /// The scanners there are, by their canonical names.
  public Set<String> names() {
    return built().names();
  }

  /// Builds the detectors unless they are there.
  public void warmUp() {
    Built _ = built();
  }

  /// Looks into the content of one request for the rules of a policy.
  public PolicyScanner forRequest() {
    return new PolicyScanner(this);
  }

  private Built built() {
    Built ready = built;
    return ready == null ? build() : ready;
  }

  private synchronized Built build() {
    Built ready = built;
    if (ready == null) {
      ScanRules.Builder builder =
          ScanRules.builder().addBuiltIn().addPlugIns(SharedScanner.class.getClassLoader());
      custom.ifPresent(builder::addCustom);
      ScanRules rules = builder.build();
      ready = new Built(new ContentScanner(rules), Set.copyOf(rules.scanners()));
      built = ready;
    }
    return ready;
  }
}
