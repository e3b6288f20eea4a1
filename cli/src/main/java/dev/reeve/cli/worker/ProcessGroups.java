package dev.reeve.cli.worker;

import dev.reeve.cli.client.CliProblems;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Starts commands as leaders of process groups of their own and sends signals to whole groups. The
/// JDK can do neither, so both go through small programs that every system has.
///
/// A child of the JVM is no group leader, so `setsid` becomes the command without another fork: the
/// id of the process is the id of its group.
public final class ProcessGroups {
  private static final String PERL = "use POSIX; POSIX::setsid(); exec @ARGV; exit 127";
  private static final String SIGNAL = "kill -s \"$0\" -- \"-$1\" 2>/dev/null";
  private static final int SIGNAL_SECONDS_MAX = 5;

  private final List<String> leader;

  private ProcessGroups(List<String> leader) {
    this.leader = leader;
  }

  /// Whether this machine has what it takes.
  public static boolean isSupported(Map<String, String> environment) {
    return leader(environment).isPresent();
  }

  /// Finds what makes a group leader on `PATH`; throws when there is nothing.
  static ProcessGroups find(Map<String, String> environment) {
    return new ProcessGroups(
        leader(environment)
            .orElseThrow(() ->
                CliProblems.TOOL_MISSING
                    .because("a worker needs `setsid` (util-linux or busybox) or `perl` on PATH")
                    .toException()));
  }

  private static Optional<List<String>> leader(Map<String, String> environment) {
    if (isOnPath("setsid", environment)) {
      return Optional.of(List.of("setsid"));
    }
    return isOnPath("perl", environment)
        ? Optional.of(List.of("perl", "-e", PERL))
        : Optional.empty();
  }

  private static boolean isOnPath(String program, Map<String, String> environment) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /// The command line that runs a shell command as the leader of a new group.
  List<String> commandLine(String shellCommand) {
    List<String> line = new ArrayList<>(leader);
    line.addAll(List.of("sh", "-c", shellCommand));
    return line;
  }

  /// Sends a signal to every process of the group. True when there was at least one. Blocks for
  /// about a millisecond.
  ///
  /// @param signal `TERM`, `KILL`, or `0` to only look
  boolean signal(long group, String signal) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", SIGNAL, signal, String.valueOf(group))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(SIGNAL_SECONDS_MAX, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
        return true;
      }
      return kill.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
