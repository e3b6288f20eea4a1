package dev.reeve.gateway;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// The event loops of HTTP connections: those that come in, and those to providers of models that
/// are made for them, so that a call can stay on one thread. Daemon threads; closed when both ends
/// are.
public final class HttpLoops implements AutoCloseable {
  private static final long END_MILLIS_MAX = 1_000;

  private static final int LEAST = 2;
  private static final int MOST = 8;

  private final EventLoopGroup group;

  private HttpLoops(EventLoopGroup group) {
    this.group = group;
  }

  /// One for each processor, within bounds.
  public static HttpLoops create() {
    int loops = Math.clamp(Runtime.getRuntime().availableProcessors(), LEAST, MOST);
    return new HttpLoops(EventLoopGroups.newEventLoopGroup(loops, "http", true));
  }

  /// The loops themselves.
  public EventLoopGroup group() {
    return group;
  }

  /// Lets them end what they have begun to do. Does not wait for it.
  @Override
  public void close() {
    Future<?> _ = group.shutdownGracefully(0, END_MILLIS_MAX, TimeUnit.MILLISECONDS);
  }
}
