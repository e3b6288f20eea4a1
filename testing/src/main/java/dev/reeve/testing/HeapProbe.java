package dev.reeve.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much of another JVM's heap is reachable, by the JDK's own `jcmd`.
public final class HeapProbe {
  /// One per generation: `def new generation total 157248K, used 12345K [...`.
  private static final Pattern USED =
      Pattern.compile("(?:DefNew|Tenured) +total \\d+K, used (\\d+)K");

  private HeapProbe() {}

  /// Bytes that survive a full collection.
  public static long liveBytes(long pid) throws IOException, InterruptedException {
    String _ = jcmd(pid, "GC.run");
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    long kibibytes = 0;
    while (used.find()) {
      kibibytes += Long.parseLong(used.group(1));
    }
    if (kibibytes == 0) {
      throw new IllegalStateException("heap_info: no generations (expected: the serial collector)");
    }
    return kibibytes * 1024;
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("jcmd " + command + ": " + out);
    }
    return out;
  }
}
