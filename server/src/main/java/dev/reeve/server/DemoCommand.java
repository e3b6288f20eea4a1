package dev.reeve.server;

import dev.reeve.cli.Console;
import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve demo`.
@Command(name = "demo", description = "Run one governed job of each kind and show what happened.")
final class DemoCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;

  /// For the launcher, which lets the JVM learn from one run what a start needs.
  @Option(names = "--training", hidden = true, description = "Run once to train the JVM.")
  private boolean training;

  DemoCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Integer call() throws IOException, StoreException, InterruptedException {
    int exit = new Demo(console, environment).run();
    return training ? UpCommand.EXIT_OK : exit;
  }
}
