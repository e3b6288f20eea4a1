package dev.reeve.server.offline;

import dev.reeve.cli.ClientOptions;
import dev.reeve.cli.Console;
import dev.reeve.cli.PolicyFiles;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.gateway.BacktestReport;
import dev.reeve.policy.PolicyFault;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.policy.PolicySource;
import dev.reeve.service.BacktestPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve policy backtest`: which past jobs another policy would have decided otherwise.
@Command(
    name = "backtest",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Decide past jobs by a policy that is not in force, and say which would flip.",
    footer = {
      "The jobs are those of a server, or of a data directory or a copy of one. Nothing is"
          + " counted,",
      "so rules with velocity are passed over. Exit code 0 whatever is found; with --fail-on-flip",
      "4 when a job would be decided otherwise."
    })
final class PolicyBacktestCommand implements Callable<Integer> {
  private static final int FLIPS_MAX = 1_000;

  private final Console console;
  private final Map<String, String> environment;

  @Option(
      order = 1,
      names = "--candidate",
      paramLabel = "FILE",
      required = true,
      description = "The policy to try: a file or a folder; several are merged in order.")
  private List<String> candidate = new ArrayList<>();

  @Option(
      order = 2,
      names = "--invariants",
      paramLabel = "FILE",
      description = "The floor under it; a server takes its own.")
  private @Nullable String invariants;

  @Option(
      order = 4,
      names = "--data",
      paramLabel = "DIR",
      description = "A data directory, or a copy of one; a server may be using it.")
  private @Nullable String data;

  @Option(
      order = 5,
      names = "--store",
      paramLabel = "STORE",
      description =
          "Where the jobs are when not in DIR: postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
  private @Nullable String store;

  @Option(
      order = 6,
      names = "--since",
      paramLabel = "TIME",
      description = "Jobs submitted from then on: 24h, or 2026-01-02T03:04:05Z.")
  private @Nullable String since;

  @Option(
      order = 7,
      names = "--until",
      paramLabel = "TIME",
      description = "Jobs submitted before then.")
  private @Nullable String until;

  @Option(
      order = 8,
      names = "--flips",
      paramLabel = "N",
      description = "Flips that are listed, 1 to 1000 (default: 100); all are counted.")
  private int flips = 100;

  @Option(
      order = 9,
      names = "--fail-on-flip",
      description = "Exit code 4 when a job would be decided otherwise.")
  private boolean failOnFlip;

  @Mixin private final ScannerOptions scanners = new ScannerOptions();

  @Mixin private final ClientOptions client = new ClientOptions();

  PolicyBacktestCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    check();
    BacktestTimes times = BacktestTimes.of(since, until, InstantSource.system());
    BacktestReport report = data == null && store == null ? ask(times) : offline(times);
    report.lines(client.json()).forEach(console.out()::println);
    return failOnFlip && report.hasFlips() ? ExitCodes.SERVER_OR_JOB_FAILURE : ExitCodes.OK;
  }

  private void check() {
    if (flips < 1 || flips > FLIPS_MAX) {
      throw CliProblems.ARGUMENT_INVALID
          .field("--flips", String.valueOf(flips), "1 to " + FLIPS_MAX)
          .toException();
    }
    boolean offline = data != null || store != null;
    if (offline && client.isGiven()) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--data: given beside --server (expected: one of both)")
          .toException();
    }
    if (!offline && (invariants != null || scanners.isGiven())) {
      throw CliProblems.ARGUMENT_INVALID
          .because(
              (invariants != null ? "--invariants" : "--scanners")
                  + ": given without --data (expected: a data directory; a server takes its own)")
          .toException();
    }
  }

  private BacktestReport offline(BacktestTimes times) {
    PolicyLoad.Loaded loaded = PolicyFiles.load(candidate, Optional.ofNullable(invariants));
    for (PolicyFault warning : loaded.warnings()) {
      console.err().println("reeve: warning: " + warning);
    }
    BacktestPolicy.Range range =
        new BacktestPolicy.Range(
            Optional.of(client.tenant()).filter(name -> !name.isEmpty()),
            times.fromMicros(),
            times.toMicros());
    try (StoredJobs jobs = StoredJobs.open(Optional.ofNullable(data), Optional.ofNullable(store))) {
      return BacktestReport.of(
          loaded.snapshot().id(),
          jobs.backtest(scanners.load()).run(loaded.snapshot(), range, flips));
    }
  }

  private BacktestReport ask(BacktestTimes times) {
    List<PolicySource> sources = new ArrayList<>();
    candidate.forEach(name -> sources.addAll(PolicyFiles.sources(name)));
    BacktestReport.Question question =
        new BacktestReport.Question(sources, client.tenant(), flips, times.from(), times.to());
    try (Connection server = client.connect(environment)) {
      return server.call(
          () -> BacktestReport.ask(server.channel(), server.callTimeout(), question));
    }
  }
}
