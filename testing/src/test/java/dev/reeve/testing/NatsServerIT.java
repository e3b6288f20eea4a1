package dev.reeve.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NatsServerIT {
  @Test
  void it_greets_with_jetstream_before_and_after_it_was_killed() throws IOException {
    try (NatsServer server = NatsServer.start()) {
      assertThat(greeting(server)).startsWith("INFO ").contains("\"jetstream\":true");

      server.kill();
      assertThatThrownBy(() -> greeting(server)).isInstanceOf(IOException.class);
      server.resume();

      assertThat(greeting(server)).startsWith("INFO ").contains("\"port\":" + server.port());
    }
  }

  private static String greeting(NatsServer server) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      return String.valueOf(in.readLine());
    }
  }
}
