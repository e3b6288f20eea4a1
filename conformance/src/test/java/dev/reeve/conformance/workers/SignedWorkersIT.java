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
