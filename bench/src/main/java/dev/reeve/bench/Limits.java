package dev.reeve.bench;

import dev.reeve.testing.TempDirs;
import io.grpc.health.v1.HealthCheckRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What the machine does without the product: the ceilings that figures are held against.
final class Limits {
  private static final int GROUP = 64;
  private static final int RECORD_BYTES = 400;
  private static final double SECONDS = 3;

  private Limits() {}

  /// Calls per second of a handler that does nothing, health's Check, over the same chain, with so
  /// many in flight.
  static double emptyCalls(String address, int window) throws InterruptedException {
    try (Client client = new Client(address)) {
      var stub = client.health();
      var failure = new Failure();
      HealthCheckRequest request = HealthCheckRequest.getDefaultInstance();
      ClosedLoop[] loop = new ClosedLoop[1];
      loop[0] =
          new ClosedLoop(
              () -> stub.check(request, Calls.observer(_ -> loop[0].ended(), failure::is)),
              failure);
      loop[0].widen(window);
      double _ = loop[0].rate(SECONDS);
      double rate = loop[0].medianRate(3, 1);
      loop[0].stop();
      return rate;
    }
  }

  /// Records of 400 bytes per second, appended 64 at a time, each group flushed to the disk before
  /// the next: a log and nothing else.
  static double appendAndFlush() throws IOException {
    Path folder = TempDirs.create("bench-flush");
    ByteBuffer group = ByteBuffer.allocateDirect(GROUP * RECORD_BYTES);
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("log"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long start = System.nanoTime();
      long groups = 0;
      while (System.nanoTime() - start < SECONDS * 1e9) {
        file.write(group.clear());
        file.force(false);
        groups++;
      }
      return groups * GROUP * 1e9 / (System.nanoTime() - start);
    } finally {
      TempDirs.delete(folder);
    }
  }
}
