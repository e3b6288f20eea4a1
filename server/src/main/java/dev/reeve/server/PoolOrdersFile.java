package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.CanonicalObject;
import dev.reeve.base.CanonicalReader;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.service.PoolBook;
import dev.reeve.service.PoolOrder;
import dev.reeve.service.WorkerPools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What operators said of pools of workers, in `DATA/pools.json`.
final class PoolOrdersFile implements PoolBook {
  private static final int BYTES_MAX = 16 * 1024 * 1024;

  private final Path file;

  PoolOrdersFile(Path data) {
    file = data.resolve("pools.json");
  }

  @Override
  public List<PoolOrder> read() throws IOException {
    Optional<Bytes> kept = GovernanceFiles.read(file, BYTES_MAX);
    List<PoolOrder> orders = new ArrayList<>();
    if (kept.isPresent()) {
      try {
        for (CanonicalObject order : CanonicalReader.objects(kept.get())) {
          orders.add(decode(order));
        }
      } catch (CanonicalFormatException | IllegalArgumentException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    return orders;
  }

  private static PoolOrder decode(CanonicalObject order) {
    return new PoolOrder(
        order.text("pool"),
        WorkerPools.Status.valueOf(order.text("status").toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(order.number("at")),
        Duration.ofSeconds(order.number("drain_seconds")),
        order.text("by"),
        order.text("reason"));
  }

  @Override
  public void write(List<PoolOrder> orders) throws IOException {
    CanonicalWriter out = new CanonicalWriter().beginArray();
    for (PoolOrder order : orders) {
      out.beginObject()
          .member("at", order.at().toEpochMilli())
          .member("by", order.by())
          .member("drain_seconds", order.drainTime().toSeconds())
          .member("pool", order.pool())
          .member("reason", order.reason())
          .member("status", order.status().name().toLowerCase(Locale.ROOT))
          .endObject();
    }
    GovernanceFiles.writeDurably(file, out.endArray().toBytes());
  }
}
