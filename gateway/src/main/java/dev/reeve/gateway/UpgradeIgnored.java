package dev.reeve.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// Leaves `Upgrade: h2c` unheard, as a server may (RFC 9110, 7.8): such a request is answered over
/// HTTP/1.1. RFC 9113, 3.1 has given the upgrade up; proxies that hand it on let their callers
/// speak past them; and the client of the JDK, which asks for it by itself, now and then waits for
/// ever when an answer of more than some 16 KiB comes right behind the 101. HTTP/2 with prior
/// knowledge is not touched.
///
/// The web server has no setting for this. It chooses its handlers by the first bytes of a
/// connection, so these alone are let through first, and the handler of upgrades is taken out
/// before it has seen a request. Goes away after that.
final class UpgradeIgnored extends ByteToMessageDecoder {
  /// As many as tell `PRI ` of HTTP/2 from the methods of HTTP/1.1.
  private static final int CHOOSING_BYTES = 4;

  private static final String HANDLER = "HttpServerUpgradeHandler";

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < CHOOSING_BYTES) {
      return;
    }
    context.fireChannelRead(in.readRetainedSlice(CHOOSING_BYTES));
    ChannelPipeline pipeline = context.pipeline();
    for (ChannelHandler handler : pipeline.toMap().values()) {
      if (handler.getClass().getSimpleName().equals(HANDLER)) {
        pipeline.remove(handler);
      }
    }
    pipeline.remove(this);
  }
}
