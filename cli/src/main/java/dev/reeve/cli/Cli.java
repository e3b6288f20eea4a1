package dev.reeve.cli;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.cli.client.Failure;
import dev.reeve.cli.client.FailureException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The command line as a library: one call runs one command and returns its exit code. Never exits
/// the process.
public final class Cli {
  private static final int HELP_COLUMNS = 96;

  /// After all other options.
  private static final int HELP_ORDER = 1_000;

  private static final String EMBEDDED_GROUP = "The server";

  private final List<String> arguments;
  private final CliContext context;
  private final List<CliAddition> embedded;
  private final Commands commands;

  private Cli(String[] arguments, CliContext context, CliAdditions additions) {
    this.arguments = List.of(arguments);
    this.context = context;
    this.embedded = additions.commands();
    this.commands = new Commands(context, this::everything);
  }

  /// Runs one command on the calling thread and returns its exit code: 0 done, 2 user error, 3
  /// network, 4 server or job failure. The answer goes to `console.out()`, everything else to
  /// `console.err()`.
  ///
  /// @param arguments the command and its arguments
  /// @param environment variables by name, of which `REEVE_SERVER` is read
  /// @param additions what the embedding program brings along
  public static int run(
      String[] arguments,
      Console console,
      Map<String, String> environment,
      CliAdditions additions) {
    return run(arguments, CliContext.system(console, environment, additions), additions);
  }

  static int run(String[] arguments, CliContext context, CliAdditions additions) {
    Cli cli = new Cli(arguments, context, additions);
    try {
      return cli.dispatch();
    } catch (FailureException e) {
      return cli.fail(e.failure());
    } catch (ProblemException e) {
      return cli.fail(Failure.of(e.problem()));
    } finally {
      context.console().out().flush();
    }
  }

  private int dispatch() {
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    if (first.isEmpty() && !arguments.isEmpty()) {
      throw unknown(first);
    }
    return switch (first) {
      case "" -> {
        context.console().err().println(help());
        yield ExitCodes.USER_ERROR;
      }
      case "-h", "--help" -> {
        context.console().out().println(help());
        yield ExitCodes.OK;
      }
      case "-V", "--version" -> execute("version", List.of());
      case "help" -> arguments.size() == 1 ? printHelp() : execute(arguments.get(1), List.of("-h"));
      default -> execute(first, arguments.subList(1, arguments.size()));
    };
  }

  private int printHelp() {
    context.console().out().println(help());
    return ExitCodes.OK;
  }

  private int execute(String name, List<String> rest) {
    CommandLine root = root();
    if (!addNamed(root, name)) {
      Optional<Problem> later = LaterCommands.refusal(name);
      throw later.map(Problem::toException).orElseGet(() -> unknown(name));
    }
    List<String> line = new ArrayList<>(List.of(name));
    line.addAll(rest);
    return configured(root).execute(line.toArray(String[]::new));
  }

  private ProblemException unknown(String name) {
    if (name.startsWith("-")) {
      return CliProblems.ARGUMENT_INVALID
          .because(
              Text.quoteForMessage(name) + ": no such option here (expected: the command first)")
          .toException();
    }
    List<String> known = new ArrayList<>();
    groups().values().forEach(known::addAll);
    LaterCommands.names().forEach(known::add);
    String nearest = Text.nearest(name, known);
    return CliProblems.ARGUMENT_INVALID
        .because(
            Text.quoteForMessage(name)
                + ": no such command"
                + (nearest.isEmpty()
                    ? "; `reeve help` lists them"
                    : " (did you mean " + nearest + "?)"))
        .toException();
  }

  private String help() {
    return RootHelp.text(groups(), everything());
  }

  private Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>(commands.names());
    List<String> guests =
        embedded.stream().filter(CliAddition::isTopLevel).map(CliAddition::name).toList();
    if (!guests.isEmpty()) {
      groups.put(EMBEDDED_GROUP, guests);
    }
    return groups;
  }

  private CommandLine everything() {
    CommandLine root = root();
    groups().values().forEach(names -> names.forEach(name -> addNamed(root, name)));
    return configured(root);
  }

  private static CommandLine root() {
    return new CommandLine(CommandSpec.create().name("reeve"));
  }

  private boolean addNamed(CommandLine root, String name) {
    Optional<CommandLine> command =
        commands
            .make(name)
            .map(own -> withGuests(new CommandLine(own), name))
            .or(() -> guest(name));
    command.ifPresent(found -> root.addSubcommand(name, withHelp(found)));
    return command.isPresent();
  }

  private Optional<CommandLine> guest(String name) {
    return embedded.stream()
        .filter(addition -> addition.name().equals(name))
        .findFirst()
        .map(addition -> addition.command().get());
  }

  /// A group of ours with what the embedding program adds to it.
  private CommandLine withGuests(CommandLine group, String name) {
    for (CliAddition addition : embedded) {
      if (addition.isIn(name)) {
        group.addSubcommand(addition.lastWord(), addition.command().get());
      }
    }
    return group;
  }

  private static CommandLine withHelp(CommandLine command) {
    command.getSubcommands().values().forEach(Cli::withHelp);
    if (command.getCommandSpec().findOption("--help") != null) {
      return command;
    }
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .order(HELP_ORDER)
                .description("Show this help and end.")
                .build());
    return command;
  }

  private CommandLine configured(CommandLine root) {
    return root.setOut(writer(context.console().out()))
        .setErr(writer(context.console().err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpWidth(HELP_COLUMNS)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((problem, _) -> refuseUsage(problem))
        .setExecutionExceptionHandler((thrown, _, _) -> ended(thrown));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private int refuseUsage(ParameterException problem) {
    return fail(UsageFailures.of(problem));
  }

  private int ended(Exception thrown) {
    return switch (thrown) {
      case FailureException e -> fail(e.failure());
      case ProblemException e -> fail(Failure.of(e.problem()));
      default -> defect(thrown);
    };
  }

  private int defect(Exception thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    context.console().err().print(trace);
    context.console().note("reeve: this is a defect; please report the lines above");
    return ExitCodes.SERVER_OR_JOB_FAILURE;
  }

  private int fail(Failure failure) {
    context.console().out().flush();
    FailurePrinter.print(
        context.console().err(), failure, arguments.stream().anyMatch("--json"::equals));
    return failure.exitCode();
  }
}
