package dev.reeve.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.routing.QuotaUse;
import dev.reeve.routing.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was used of routing quotas and budgets, in `DATA/route-quotas.json`, so that a restart
/// grants nothing anew. Written now and then: a crash forgets the last seconds. Safe on any thread.
final class RouteQuotaFile {
  private static final Logger log = LoggerFactory.getLogger(RouteQuotaFile.class);
  private static final int SIZE_MAX = 256 * 1024 * 1024;

  private final Path file;
  private final Router router;

  @GuardedBy("this")
  private List<QuotaUse> kept = List.of();

  RouteQuotaFile(Path data, Router router) {
    file = data.resolve("route-quotas.json");
    this.router = router;
  }

  /// Takes in what was used before; without the file, or with a broken one, nothing was.
  synchronized void restore() {
    try {
      List<QuotaUse> uses =
          GovernanceFiles.read(file, SIZE_MAX).map(RouteQuotaFile::decode).orElse(List.of());
      router.restore(uses);
      kept = uses;
    } catch (IOException | CanonicalFormatException | IllegalArgumentException e) {
      log.warn(
          "what was used of routing quotas is not known file={} reason={}", file, e.toString());
    }
  }

  /// Writes what is used now, if that changed.
  synchronized void save() {
    List<QuotaUse> uses = router.quotas("");
    if (uses.equals(kept)) {
      return;
    }
    try {
      GovernanceFiles.write(file, encode(uses));
      kept = uses;
    } catch (IOException e) {
      log.warn("what is used of routing quotas cannot be kept reason={}", e.toString());
    }
  }

  private static Bytes encode(List<QuotaUse> uses) {
    CanonicalWriter out = new CanonicalWriter().beginArray();
    for (QuotaUse use : uses) {
      out.beginObject()
          .member("per", use.per())
          .member("policy", use.policyId())
          .member("resource", use.resource())
          .member("tenant", use.tenantId())
          .member("used", Double.toString(use.used()))
          .member("who", use.who())
          .member("window", use.window())
          .member("window_ms", use.windowMs())
          .endObject();
    }
    return out.endArray().toBytes();
  }

  private static List<QuotaUse> decode(Bytes bytes) {
    List<QuotaUse> uses = new ArrayList<>();
    for (CanonicalObject kept : CanonicalReader.objects(bytes)) {
      uses.add(
          new QuotaUse(
              kept.text("tenant"),
              kept.text("policy"),
              kept.text("resource"),
              kept.text("per"),
              kept.text("who"),
              kept.number("window_ms"),
              kept.number("window"),
              Double.parseDouble(kept.text("used"))));
    }
    return uses;
  }
}
