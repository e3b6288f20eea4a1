package dev.reeve.server;

import java.util.List;

/// The process entry.
public final class Main {
  private Main() {}

  /// Runs one command and exits with its code.
  public static void main(String[] arguments) {
    List<String> rest =
        arguments.length == 0 ? List.of() : List.of(arguments).subList(1, arguments.length);
    if (arguments.length > 0 && arguments[0].equals("up")) {
      System.exit(new UpCommand(System.out, System.err, System.getenv()).run(rest));
    }
    System.err.println("reeve: unknown command (expected: up)");
    System.exit(UpCommand.EXIT_USER_ERROR);
  }
}
