package dev.reeve.cli;

import dev.reeve.base.Ids;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ServerAddress;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of every command that asks a server.
public final class ClientOptions {
  private static final String SERVER_VARIABLE = "REEVE_SERVER";
  private static final String KEY_VARIABLE = "REEVE_KEY";

  @Option(
      order = 101,
      names = "--json",
      description = "Print JSON: an object, or one object a line for lists and events.")
  private boolean json;

  @Option(
      order = 102,
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "Server to ask (default: REEVE_SERVER, else 127.0.0.1:50051).")
  private @Nullable String server;

  @Option(
      order = 103,
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Tenant to act for (default: the first one you may).")
  private @Nullable String tenant;

  @Option(
      order = 104,
      names = "--call-timeout",
      paramLabel = "DURATION",
      converter = Converters.Span.class,
      description = "Longest wait for one answer (default: 30s).")
  private Duration callTimeout = Duration.ofSeconds(30);

  /// Whether JSON was asked for.
  public boolean json() {
    return json;
  }

  /// Whether a server was named on the command line.
  public boolean isGiven() {
    return server != null;
  }

  /// A connection that opens with its first call.
  ///
  /// @param environment variables by name, of which `REEVE_SERVER` and `REEVE_KEY` are read
  public Connection connect(Map<String, String> environment) {
    return new Connection(
        server(environment),
        tenant(),
        environment.getOrDefault(KEY_VARIABLE, "").strip(),
        callTimeout);
  }

  /// The tenant named; empty when none was.
  public String tenant() {
    if (tenant == null) {
      return "";
    }
    if (!Ids.isTenant(tenant)) {
      throw CliProblems.ARGUMENT_INVALID.field("--tenant", tenant, Ids.TENANT_SHAPE).toException();
    }
    return tenant;
  }

  private ServerAddress server(Map<String, String> environment) {
    if (server != null) {
      return ServerAddress.parse("--server", server);
    }
    String variable = environment.getOrDefault(SERVER_VARIABLE, "");
    return variable.isEmpty()
        ? ServerAddress.LOCAL
        : ServerAddress.parse(SERVER_VARIABLE, variable);
  }
}
