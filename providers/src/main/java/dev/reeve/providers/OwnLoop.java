package dev.reeve.providers;

import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.EventLoopScheduler;
import com.linecorp.armeria.client.endpoint.EndpointGroup;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.util.ReleasableHolder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps a call on the event loop that makes it: its connection to the provider is one of that
/// loop, so that nothing is handed from thread to thread. Calls from elsewhere take the loops in
/// turn. Safe on any thread.
final class OwnLoop implements EventLoopScheduler {
  private final EventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();

  OwnLoop(EventLoopGroup group) {
    this.group = group;
    for (EventExecutor loop : group) {
      loops.add((EventLoop) loop);
    }
  }

  @Override
  public ReleasableHolder<EventLoop> acquire(
      SessionProtocol protocol, EndpointGroup endpoints, @Nullable Endpoint endpoint) {
    for (EventLoop loop : loops) {
      if (loop.inEventLoop()) {
        return held(loop);
      }
    }
    return held(group.next());
  }

  private static ReleasableHolder<EventLoop> held(EventLoop loop) {
    return new ReleasableHolder<>() {
      @Override
      public EventLoop get() {
        return loop;
      }

      @Override
      public void release() {
        // Loops are counted by nobody.
      }
    };
  }
}
