package dev.reeve.scan;

import java.util.List;

/// Finds one sort of thing, or several that start alike. A plug-in implements this and
/// [DetectorProvider].
///
/// The scanner reads the content once and calls [#examine] wherever one of the triggers stands; the
/// detector then looks around within the window. It must be immutable, thread-safe, and bounded in
/// work per call: the number of calls grows with the content, not with anything else.
public interface Detector {
  /// What it can find; constant.
  List<DetectorInfo> infos();

  /// Where it wants to look; constant, not empty. Best are rare ones: they decide what it costs.
  List<Trigger> triggers();

  /// Looks at one place, and tells `hits` what is there.
  void examine(Window window, Hits hits);
}
