package dev.reeve.providers;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.linecorp.armeria.client.ClientFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the credentials of one provider and renews them beside the calls, some minutes before they
/// end; where nobody says when that is, it looks again now and then. A call waits only when there
/// are none that hold. Safe on any thread; calls do not block.
final class AwsCredentialKeeper {
  private static final Logger log = LoggerFactory.getLogger(AwsCredentialKeeper.class);

  /// Renewed so long before they end.
  private static final Duration EARLY = Duration.ofMinutes(5);

  /// How often a source is looked at that does not say when its credentials end.
  private static final Duration LOOK = Duration.ofSeconds(30);

  /// How long a source that failed is left alone while there are credentials that hold.
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /// There are no credentials. The words are safe: no secret, no address.
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    Missing(String why) {
      super(why, null, false, false);
    }
  }

  private final Supplier<CompletableFuture<AwsCredentials>> source;
  private final boolean renews;
  private final InstantSource clock;

  @GuardedBy("this")
  private @Nullable AwsCredentials kept;

  @GuardedBy("this")
  private @Nullable CompletableFuture<AwsCredentials> asking;

  @GuardedBy("this")
  private Instant nextLook = Instant.MIN;

  /// @param source asks for credentials; does not block
  AwsCredentialKeeper(Supplier<CompletableFuture<AwsCredentials>> source, InstantSource clock) {
    this(source, true, clock);
  }

  private AwsCredentialKeeper(
      Supplier<CompletableFuture<AwsCredentials>> source, boolean renews, InstantSource clock) {
    this.source = source;
    this.renews = renews;
    this.clock = clock;
  }

  /// @param factory connections to the endpoint of a container or an instance
  /// @param blocking for the disk
  static AwsCredentialKeeper of(
      AwsAccess.Source source, ClientFactory factory, InstantSource clock, Executor blocking) {
    return switch (source) {
      case AwsAccess.Source.Given(AwsCredentials credentials) -> {
        CompletableFuture<AwsCredentials> given = CompletableFuture.completedFuture(credentials);
        yield new AwsCredentialKeeper(() -> given, false, clock);
      }
      case AwsAccess.Source.Profile profile ->
          new AwsCredentialKeeper(
              () ->
                  CompletableFuture.supplyAsync(
                      () -> AwsProfileFile.read(profile.file(), profile.name()), blocking),
              clock);
      case AwsAccess.Source.Instance(URI address) ->
          new AwsCredentialKeeper(new AwsInstanceRole(address, factory)::ask, clock);
      case AwsAccess.Source.Container container -> {
        AwsContainerRole role = new AwsContainerRole(container, factory);
        yield new AwsCredentialKeeper(
            () ->
                CompletableFuture.completedFuture(role)
                    .thenComposeAsync(AwsContainerRole::ask, blocking),
            clock);
      }
    };
  }

  /// Credentials that hold now.
  ///
  /// @return complete where there are such; fails with [Missing]
  CompletableFuture<AwsCredentials> current() {
    if (!renews) {
      return source.get();
    }
    Instant now = clock.instant();
    CompletableFuture<AwsCredentials> renewal;
    synchronized (this) {
      AwsCredentials known = kept;
      boolean holds = known != null && known.ends().map(now::isBefore).orElse(true);
      if (holds && now.isBefore(nextLook)) {
        return CompletableFuture.completedFuture(known);
      }
      renewal = asking;
      if (renewal == null) {
        renewal = new CompletableFuture<>();
        asking = renewal;
        ask(renewal);
      }
      if (holds) {
        return CompletableFuture.completedFuture(known);
      }
    }
    return renewal.copy();
  }

  private void ask(CompletableFuture<AwsCredentials> renewal) {
    CompletableFuture<Boolean> _ =
        source
            .get()
            .handle((credentials, failure) -> {
              settle(credentials);
              if (failure == null) {
                return renewal.complete(credentials);
              }
              log.warn("credentials of a provider were not renewed reason={}", why(failure));
              return renewal.completeExceptionally(new Missing(why(failure)));
            });
  }

  private static String why(Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable first = cause == null ? failure : cause;
    return first instanceof Missing ? String.valueOf(first.getMessage()) : "they cannot be had";
  }

  private synchronized void settle(@Nullable AwsCredentials credentials) {
    asking = null;
    Instant now = clock.instant();
    if (credentials == null) {
      nextLook = now.plus(PAUSE);
      return;
    }
    kept = credentials;
    Instant early = credentials.ends().map(end -> end.minus(EARLY)).orElse(now.plus(LOOK));
    // What ends at once is not asked for with every call.
    nextLook = early.isAfter(now.plus(PAUSE)) ? early : now.plus(PAUSE);
  }
}
