package dev.reeve.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports on loopback that nobody listens on. Only for programs that cannot be told to choose one
/// themselves: another process may take the port before they do, so callers try again with a new
/// one when the start fails.
public final class FreePorts {
  private FreePorts() {}

  /// A port that was free a moment ago.
  public static int next() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
