package dev.reeve.providers;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.netty.channel.EventLoopGroup;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/// Providers on one event loop of the tests.
final class TestProviders {
  private static final EventLoopGroup LOOPS = EventLoopGroups.newEventLoopGroup(1, "models", true);
  private static final Executor BLOCKING = Executors.newVirtualThreadPerTaskExecutor();

  private TestProviders() {}

  static ModelProviders create(InstantSource clock) {
    return ModelProviders.create(new ProviderThreads(LOOPS, BLOCKING, () -> Runnable::run), clock);
  }
}
