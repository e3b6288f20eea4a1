package dev.reeve.conformance.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where keys are set up, only signed packets count.
class SignedWorkersIT {
  @TempDir Path folder;

  @Test
  void a_worker_that_signs_gets_signed_jobs_and_one_that_does_not_gets_none() throws Exception {
    KeyPair worker = keys();
    KeyPair server = keys();
    Path senders = Files.createDirectory(folder.resolve("senders"));
    write(senders.resolve("signs.pem"), "PUBLIC KEY", worker.getPublic().getEncoded());
    Path workerKey =
        write(folder.resolve("worker.pem"), "PRIVATE KEY", worker.getPrivate().getEncoded());
    Path serverKey =
        write(folder.resolve("server.pem"), "PRIVATE KEY", server.getPrivate().getEncoded());
    String settings = "workers:\n  keys: " + senders + "\n  signing_key_file: " + serverKey + "\n";

    try (WorkerRig rig = WorkerRig.start(folder, settings)) {
      WorkerProgram listener = rig.listener();
      rig.launchCap("plain", "--topic", WorkerRig.TOPIC);
      WorkerProgram signs =
          rig.capWorker("signs", "--topic", WorkerRig.TOPIC, "--key", workerKey.toString());
      String submitted =
          rig.post(
              "/api/v1/jobs",
              "{\"prompt\":\"{\\\"do\\\":\\\"echo\\\"}\",\"topic\":\"" + WorkerRig.TOPIC + "\"}");
      String job = submitted.replaceAll(".*\"job_id\":\"([^\"]+)\".*", "$1");
      rig.awaitState(job, "SUCCEEDED");
      rig.submitPacket("unsigned", "{\"do\":\"echo\"}");

      assertThat(signs.lines("\"job\"", job, "\"signed\": true")).hasSize(1);
      assertThat(rig.get("workers")).doesNotContain("\"plain\"");
      Await.until("alert", () -> !listener.lines("sys.alert").isEmpty());
      assertThat(rig.get("jobs/unsigned")).contains("\"status\":404");
    }
  }

  @Test
  void a_key_of_a_worker_submits_and_cancels_nothing_and_one_of_a_client_does() throws Exception {
    KeyPair worker = keys();
    KeyPair client = keys();
    Path senders = Files.createDirectory(folder.resolve("senders"));
    Path clients = Files.createDirectory(folder.resolve("clients"));
    write(senders.resolve("signs.pem"), "PUBLIC KEY", worker.getPublic().getEncoded());
    write(clients.resolve("asks.pem"), "PUBLIC KEY", client.getPublic().getEncoded());
    String workerKey =
        write(folder.resolve("worker.pem"), "PRIVATE KEY", worker.getPrivate().getEncoded())
            .toString();
    String clientKey =
        write(folder.resolve("client.pem"), "PRIVATE KEY", client.getPrivate().getEncoded())
            .toString();
    String settings = "workers:\n  keys: " + senders + "\n  client_keys: " + clients + "\n";

    try (WorkerRig rig = WorkerRig.start(folder, settings)) {
      WorkerProgram signs = rig.capWorker("signs", "--topic", WorkerRig.TOPIC, "--key", workerKey);
      String input = "{\"do\":\"slow\"}";
      rig.submitPacket("foreign", input, "--id", "signs", "--key", workerKey);
      rig.submitPacket("own", input, "--id", "asks", "--key", clientKey);
      Await.until("begun", () -> !signs.lines("\"job\"", "own").isEmpty());
      rig.packet("cancel", "own", "--id", "signs", "--key", workerKey);
      Await.until("refused", () -> rig.count("cap_packets_refused") == 2);

      assertThat(rig.get("jobs/own")).doesNotContain("CANCELLED");
      assertThat(rig.get("jobs/foreign")).contains("\"status\":404");

      rig.packet("cancel", "own", "--id", "asks", "--key", clientKey);
      rig.awaitState("own", "CANCELLED");
    }
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static Path write(Path file, String kind, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
