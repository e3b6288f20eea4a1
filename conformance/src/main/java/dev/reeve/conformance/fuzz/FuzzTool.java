package dev.reeve.conformance.fuzz;

import dev.reeve.testing.HeapProbe;
import dev.reeve.testing.ReeveProcess;
import dev.reeve.testing.RepositoryRoot;
import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dev/fuzz`. Exits 0 when nothing was found, 1 when something was, 2 for wrong arguments.
@Command(
    name = "dev/fuzz",
    mixinStandardHelpOptions = true,
    description = "Sends random and mutated messages to every method of the real server.",
    sortOptions = false)
final class FuzzTool implements Callable<Integer> {
  private static final Map<String, String> SETTINGS = Map.of("REEVE_JAVA_OPTS", "-Xmx512m");
  private static final long WARM_UP_PART = 5;
  private static final long BROKEN_PART = 10;
  private static final long GROWTH_BYTES_MAX = 16L * 1024 * 1024;
  private static final double MEBIBYTE = 1024.0 * 1024;

  /// Open in every state: an operator can see what is wrong, and everybody can say stop.
  private static final Set<String> ALWAYS_OPEN =
      Set.of(
          "GetGenome", "GetPosture", "UnlockPosture", "SetPosture", "SignalConsent", "GetConsent");

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "100000",
      description = "How many (100000); a tenth more against a server without a genome.")
  private long messages;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Draws the same messages again (a new one each time).")
  private @Nullable Long seed;

  private final PrintStream out;
  private final List<String> findings = new ArrayList<>();

  private FuzzTool(PrintStream out) {
    this.out = out;
  }

  /// Runs it.
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new CommandLine(new FuzzTool(out)).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long drawn = seed == null ? new SecureRandom().nextInt(1_000_000_000) : seed;
    Path folder = TempDirs.create("fuzz");
    Path data = folder.resolve("data");
    out.println("seed " + drawn);
    governed(data, drawn);
    verify(data);
    Files.writeString(data.resolve("genome.json"), "{}");
    ungoverned(data, drawn);
    findings.forEach(finding -> out.println("FOUND " + finding));
    if (findings.isEmpty()) {
      TempDirs.delete(folder);
      out.println("fuzz: nothing found");
      return 0;
    }
    out.println(
        "again: dev/fuzz --messages %d --seed %d; data: %s".formatted(messages, drawn, data));
    return 1;
  }

  private void governed(Path data, long drawn) throws IOException, InterruptedException {
    try (ReeveProcess server = ReeveProcess.up(data, SETTINGS);
        Fuzz fuzz = new Fuzz(server.ready(), drawn)) {
      out.println("methods " + fuzz.methods());
      FuzzTally _ = fuzz.send(messages / WARM_UP_PART);
      long before = HeapProbe.liveBytes(server.pid());
      long begin = System.nanoTime();
      FuzzTally tally = fuzz.send(messages - messages / WARM_UP_PART);
      double seconds = (System.nanoTime() - begin) / 1e9;
      report(tally);
      out.printf("rate %.0f/s%n", (messages - messages / WARM_UP_PART) / seconds);
      findings.addAll(fuzz.bypasses());
      if (!server.isAlive()) {
        findings.add("the server has ended: " + server.log());
        return;
      }
      long after = HeapProbe.liveBytes(server.pid());
      out.printf(
          "heap after warm-up %.1f MiB, at the end %.1f MiB%n",
          before / MEBIBYTE, after / MEBIBYTE);
      if (after - before > GROWTH_BYTES_MAX) {
        findings.add("the heap has grown by %.1f MiB".formatted((after - before) / MEBIBYTE));
      }
      errors(server.log());
      int status = server.terminate();
      if (status != 0 && status != 143) {
        findings.add("the server ended with " + status);
      }
    }
  }

  private void report(FuzzTally tally) {
    out.println("statuses " + tally.codes());
    out.println(
        "methods called %d, answered %d".formatted(tally.called().size(), tally.answered().size()));
    findings.addAll(tally.defects());
    if (tally.defectCount() > tally.defects().size()) {
      findings.add(tally.defectCount() + " in all");
    }
  }

  /// What the log calls an error is a defect that somebody's message has brought about.
  private void errors(String log) {
    log.lines()
        .filter(line -> line.contains(" ERROR "))
        .limit(10)
        .forEach(line -> findings.add("log: " + line));
  }

  private void verify(Path data) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
                RepositoryRoot.path().resolve("reeve").toString(),
                "audit",
                "verify",
                "--data",
                data.toString())
            .redirectErrorStream(true);
    command.environment().put("REEVE_BUILD", "off");
    Process process = command.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    out.println("audit verify: " + said.strip());
    if (process.waitFor() != 0) {
      findings.add("receipts do not verify: " + said.strip());
    }
  }

  /// The same messages where governance does not stand: no handler may be reached.
  private void ungoverned(Path data, long drawn) {
    try (ReeveProcess server = ReeveProcess.up(data, SETTINGS);
        Fuzz fuzz = new Fuzz(server.ready(), drawn)) {
      FuzzTally tally = fuzz.send(messages / BROKEN_PART);
      out.println("without a genome: statuses " + tally.codes());
      findings.addAll(tally.defects());
      Set<String> reached = new TreeSet<>();
      for (String method : tally.answered().keySet()) {
        String name = method.substring(method.indexOf('/') + 1);
        if (!method.startsWith("grpc.") && !ALWAYS_OPEN.contains(name)) {
          reached.add(method);
        }
      }
      out.println("without a genome: answered " + tally.answered());
      reached.forEach(method -> findings.add("without a genome: " + method + " was answered"));
    }
  }
}
