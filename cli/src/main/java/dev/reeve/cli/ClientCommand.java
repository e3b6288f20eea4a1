package dev.reeve.cli;

import com.google.protobuf.MessageOrBuilder;
import dev.reeve.cli.client.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A command that asks a server: it has the options for that, and a connection for the length of
/// its run.
@Command(
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n")
abstract class ClientCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final ClientOptions client = new ClientOptions();

  ClientCommand(CliContext context) {
    this.context = context;
  }

  /// Does the work; returns the exit code.
  abstract int run(Connection connection);

  @Override
  public final Integer call() {
    try (Connection connection = client.connect(context.environment())) {
      return run(connection);
    }
  }

  final CliContext context() {
    return context;
  }

  final Console console() {
    return context.console();
  }

  final boolean json() {
    return client.json();
  }

  final String tenant() {
    return client.tenant();
  }

  /// Prints the message as JSON, or the lines when JSON was not asked for.
  final void print(MessageOrBuilder message, List<String> lines) {
    if (json()) {
      console().say(Json.line(message));
    } else {
      lines.forEach(console().out()::println);
    }
  }
}
