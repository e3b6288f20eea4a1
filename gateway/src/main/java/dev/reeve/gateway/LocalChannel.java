package dev.reeve.gateway;

import io.grpc.Attributes;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The way by which HTTP calls the public services: a gRPC server inside this process, behind the
/// same chain as the ports.
///
/// Its transport alone is marked as vouching for the caller's address, which travels in metadata; a
/// port never believes that metadata.
final class LocalChannel implements AutoCloseable {
  private final Server server;
  private final ManagedChannel channel;

  private LocalChannel(Server server, ManagedChannel channel) {
    this.server = server;
    this.channel = channel;
  }

  static LocalChannel start(Served served) {
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .callExecutor(served.executors())
            .intercept(served.chain())
            .addTransportFilter(new VouchForCaller())
            .addService(served.health())
            .fallbackHandlerRegistry(served.notYet());
    served.open().forEach(builder::addService);
    try {
      Server server = builder.build().start();
      return new LocalChannel(
          server, InProcessChannelBuilder.forName(name).directExecutor().build());
    } catch (IOException e) {
      throw new UncheckedIOException("a name inside the process was taken", e);
    }
  }

  Channel channel() {
    return channel;
  }

  Server server() {
    return server;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private static final class VouchForCaller extends ServerTransportFilter {
    @Override
    public Attributes transportReady(Attributes attributes) {
      return attributes.toBuilder().set(IdentityStation.LOCAL_TRANSPORT, true).build();
    }
  }
}
