package dev.reeve.gateway;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerTransportFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/// The other end of a call: the socket's, or on the transport inside this process the one that it
/// vouches for. That of a socket is found out once for each connection.
///
/// @param address as text
/// @param loopback whether it is this machine
record Peer(String address, boolean loopback) {
  private static final Peer UNKNOWN = new Peer("unknown", false);
  private static final Attributes.Key<Peer> OF_CONNECTION = Attributes.Key.create("reeve-peer");

  static Peer of(Attributes transport, Metadata headers) {
    if (Boolean.TRUE.equals(transport.get(IdentityStation.LOCAL_TRANSPORT))) {
      String vouched = headers.get(IdentityStation.PEER_ADDRESS);
      if (vouched != null) {
        return of(InetAddress.ofLiteral(vouched));
      }
    }
    Peer known = transport.get(OF_CONNECTION);
    return known == null ? ofSocket(transport) : known;
  }

  /// Finds out who is there when a connection begins.
  static ServerTransportFilter atConnection() {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes attributes) {
        return attributes.toBuilder().set(OF_CONNECTION, ofSocket(attributes)).build();
      }
    };
  }

  private static Peer ofSocket(Attributes transport) {
    SocketAddress remote = transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return remote instanceof InetSocketAddress socket && socket.getAddress() != null
        ? of(socket.getAddress())
        : UNKNOWN;
  }

  static Peer of(InetAddress address) {
    return new Peer(address.getHostAddress(), address.isLoopbackAddress());
  }
}
