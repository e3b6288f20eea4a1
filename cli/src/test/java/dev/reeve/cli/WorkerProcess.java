package dev.reeve.cli;

import java.util.Map;

/// The process that tests send signals to.
final class WorkerProcess {
  private WorkerProcess() {}

  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    System.exit(Cli.run(arguments, Console.system(environment), environment, CliAdditions.none()));
  }
}
