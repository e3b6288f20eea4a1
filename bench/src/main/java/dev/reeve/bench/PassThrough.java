package dev.reeve.bench;

import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelFutureListener;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The least that anything between a caller and a model can add here: a process of its own that
/// hands the bytes of each connection on to one of its own to the model, on the same event loop,
/// unread.
final class PassThrough {
  private static final int EVENT_LOOPS = 2;

  private PassThrough() {}

  /// @param port of the model
  static ChildServer start(int port) throws IOException {
    return ChildServer.start(PassThrough.class, Integer.toString(port));
  }

  /// Serves until it is ended.
  public static void main(String[] arguments) throws InterruptedException {
    InetSocketAddress model =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(EVENT_LOOPS, EpollIoHandler.newFactory());
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(EpollServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel caller) {
                    connect(caller, model);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    ChildServer.announce(((InetSocketAddress) server.localAddress()).getPort());
    ChannelFuture _ = server.closeFuture().sync();
  }

  private static void connect(Channel caller, InetSocketAddress model) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(caller.eventLoop())
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(new HandOn(caller))
            .connect(model);
    caller.pipeline().addLast(new HandOn(connecting.channel()));
    ChannelFuture _ =
        connecting.addListener(
            (ChannelFutureListener)
                done -> {
                  if (done.isSuccess()) {
                    caller.config().setAutoRead(true);
                  } else {
                    ChannelFuture _ = caller.close();
                  }
                });
  }

  private static final class HandOn extends ChannelInboundHandlerAdapter {
    private final Channel other;

    private HandOn(Channel other) {
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      ChannelFuture _ = other.writeAndFlush(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      ChannelFuture _ = other.close();
    }
  }
}
