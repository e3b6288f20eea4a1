package dev.reeve.scan;

import java.util.List;

/// A plug-in's list of detectors, found by `ServiceLoader`. Called once when rules are compiled.
public interface DetectorProvider {
  /// The detectors; their names must not be taken within their scanner.
  List<Detector> detectors();
}
