package dev.reeve.gateway;

import com.linecorp.armeria.common.util.EventLoopGroups;
import io.netty.channel.EventLoopGroup;

/// The event loops of HTTP connections: those that come in, and those to providers of models that
/// are made for them, so that a call can stay on one thread. Daemon threads, made once by the
/// composition root and used until the process ends.
public final class HttpLoops {
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
}
