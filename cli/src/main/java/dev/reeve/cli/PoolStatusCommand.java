package dev.reeve.cli;

import com.google.protobuf.util.Durations;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.Pool;
import dev.reeve.wire.reeve.v1.PoolStatus;
import dev.reeve.wire.reeve.v1.SetPoolStatusRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `reeve pools drain` and `reeve pools activate` have in common.
abstract class PoolStatusCommand extends ClientCommand {
  private final PoolStatus status;

  @Parameters(paramLabel = "POOL", description = "Name of the pool.")
  private String pool = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Kept in the receipt.")
  private String reason = "";

  private PoolStatusCommand(CliContext context, PoolStatus status) {
    super(context);
    this.status = status;
  }

  /// More of the request.
  void fill(SetPoolStatusRequest.Builder request) {}

  @Override
  final int run(Connection connection) {
    SetPoolStatusRequest.Builder request =
        SetPoolStatusRequest.newBuilder().setName(pool).setStatus(status).setReason(reason);
    fill(request);
    Pool now = connection.call(() -> connection.pools().setPoolStatus(request.build())).getPool();
    print(
        now,
        List.of(
            now.getName()
                + " is "
                + PoolsCommand.word(now.getStatus())
                + ", jobs in hand: "
                + now.getRunning()));
    return ExitCodes.OK;
  }

  /// `reeve pools drain`.
  @Command(
      name = "drain",
      description = "Let the workers of a pool finish what they have, and give them nothing more.",
      footer = {
        "The pool is inactive once nothing runs, or the time is over; what still runs goes on.",
        "It stays so over restarts, until `reeve pools activate`."
      })
  static final class Drain extends PoolStatusCommand {
    @Option(
        names = "--timeout",
        paramLabel = "SPAN",
        converter = Converters.Span.class,
        description = "After which it is inactive (default: 5m).")
    private @Nullable Duration timeout;

    Drain(CliContext context) {
      super(context, PoolStatus.POOL_STATUS_DRAINING);
    }

    @Override
    void fill(SetPoolStatusRequest.Builder request) {
      Duration given = timeout;
      if (given != null) {
        request.setDrainTimeout(Durations.fromSeconds(given.toSeconds()));
      }
    }
  }

  /// `reeve pools activate`.
  @Command(name = "activate", description = "Give the workers of a pool jobs again.")
  static final class Activate extends PoolStatusCommand {
    Activate(CliContext context) {
      super(context, PoolStatus.POOL_STATUS_ACTIVE);
    }
  }
}
