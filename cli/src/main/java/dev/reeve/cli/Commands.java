package dev.reeve.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The commands by name and group. An object is made only for a command that is asked for: a start
/// must not pay for the others.
final class Commands {
  private final CliContext context;
  private final Map<String, Map<String, Supplier<Object>>> groups = new LinkedHashMap<>();

  /// @param everything the whole command line, for shell completion
  Commands(CliContext context, Supplier<CommandLine> everything) {
    this.context = context;
    group("Jobs")
        .add("submit", SubmitCommand::new)
        .add("status", StatusCommand::new)
        .add("watch", WatchCommand::new)
        .add("results", ResultsCommand::new)
        .add("cancel", CancelCommand::new)
        .add("retry", RetryCommand::new)
        .add("jobs", JobsCommand::new)
        .add("why", WhyCommand::new)
        .add("rationale", RationaleCommand::new);
    group("Approvals")
        .add("approvals", ApprovalsCommand::new)
        .add("approve", ApproveCommand::new)
        .add("reject", RejectCommand::new)
        .add("remediate", RemediateCommand::new);
    group("Who executes")
        .add("worker", WorkerCommand::new)
        .add("workers", WorkersCommand::new)
        .add("providers", ProvidersCommand::new)
        .add("pools", PoolsCommand::spec)
        .add("topics", TopicsCommand::new)
        .add("devices", DevicesCommand::new)
        .add("route", RouteCommand::spec);
    group("Circuits, without a server")
        .add("compile", CompileCommand::new)
        .add("diff", DiffCommand::new)
        .add("draw", DrawCommand::new)
        .add("equiv", EquivCommand::new)
        .add("optimize", OptimizeCommand::new)
        .add("run", RunCommand::new)
        .add("validate", ValidateCommand::new);
    group("Governance")
        .add("audit", AuditCommand::spec)
        .add("consent", ConsentCommand::new)
        .add("receipts", ReceiptsCommand::new)
        .add("genome", GenomeCommand::spec)
        .add("posture", PostureCommand::new)
        .add("output", OutputCommand::spec)
        .add("policy", PolicyCommand::spec)
        .add("scan", ScanCommand::new);
    group("The installation")
        .add("doctor", DoctorCommand::new)
        .add("config", ConfigCommand::new)
        .add("key", KeyCommand::spec)
        .add("version", VersionCommand::new)
        .add("completion", _ -> new CompletionCommand(context, everything));
  }

  /// Groups in the order of help, each with its names.
  Map<String, List<String>> names() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    groups.forEach((title, group) -> names.put(title, List.copyOf(group.keySet())));
    return names;
  }

  Optional<Object> make(String name) {
    for (Map<String, Supplier<Object>> group : groups.values()) {
      @Nullable Supplier<Object> maker = group.get(name);
      if (maker != null) {
        return Optional.of(maker.get());
      }
    }
    return Optional.empty();
  }

  private Group group(String title) {
    Map<String, Supplier<Object>> group = new LinkedHashMap<>();
    groups.put(title, group);
    return new Group(context, group);
  }

  private record Group(CliContext context, Map<String, Supplier<Object>> commands) {
    Group add(String name, Function<CliContext, Object> maker) {
      commands.put(name, () -> maker.apply(context));
      return this;
    }
  }
}
