package dev.reeve.conformance.architecture;

import java.util.Map;
import java.util.Set;

/// The parts of the JDK by which code reaches past its arguments.
final class World {
  private static final Set<String> TYPES =
      Set.of(
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.ProcessHandle",
          "java.net.DatagramSocket",
          "java.net.HttpURLConnection",
          "java.net.ServerSocket",
          "java.net.Socket",
          "java.net.URLConnection",
          "java.net.http.HttpClient",
          "java.nio.channels.FileChannel",
          "java.nio.channels.ServerSocketChannel",
          "java.nio.channels.SocketChannel",
          "java.nio.file.Files",
          "java.security.SecureRandom",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.concurrent.Executors",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.concurrent.ThreadLocalRandom",
          "java.util.concurrent.ThreadPoolExecutor");

  private static final Map<String, Set<String>> METHODS =
      Map.ofEntries(
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.lang.Runtime", Set.of("exec", "addShutdownHook", "exit", "halt")),
          Map.entry(
              "java.lang.System",
              Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "exit")),
          Map.entry(
              "java.lang.Thread",
              Set.of("<init>", "start", "startVirtualThread", "ofVirtual", "ofPlatform", "sleep")),
          Map.entry("java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system")),
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.InstantSource", Set.of("system")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry(
              "java.util.concurrent.CompletableFuture",
              Set.of("runAsync", "supplyAsync", "orTimeout", "completeOnTimeout")),
          Map.entry("java.util.random.RandomGenerator", Set.of("getDefault", "of")));

  private World() {}

  /// True when this member reads or moves something outside the program's own values.
  static boolean touchedBy(String type, String member) {
    return TYPES.contains(type) || METHODS.getOrDefault(type, Set.of()).contains(member);
  }
}
