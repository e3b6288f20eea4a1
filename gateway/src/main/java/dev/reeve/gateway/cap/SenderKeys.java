package dev.reeve.gateway.cap;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// Whose signatures are believed, and our own key. Immutable.
///
/// @param own signs what we send; empty to send without
/// @param ownId name of that key
/// @param workers keys by sender id of those who may do what workers do
/// @param clients keys by sender id of those who may submit and cancel; whoever is in both may do
///   both, by one key. Everybody is believed while both are empty
public record SenderKeys(
    Optional<PrivateKey> own,
    String ownId,
    Map<String, PublicKey> workers,
    Map<String, PublicKey> clients) {
  /// Nobody signs.
  public static final SenderKeys NONE = new SenderKeys(Optional.empty(), "", Map.of(), Map.of());

  /// @throws IllegalArgumentException when a sender has two keys
  public SenderKeys {
    workers = Map.copyOf(workers);
    clients = Map.copyOf(clients);
    for (Map.Entry<String, PublicKey> client : clients.entrySet()) {
      PublicKey other = workers.getOrDefault(client.getKey(), client.getValue());
      if (!other.equals(client.getValue())) {
        throw new IllegalArgumentException(
            "clients: another key than in workers for "
                + client.getKey()
                + " (expected: one key of a sender)");
      }
    }
  }

  /// Whether every packet must be signed by a known sender.
  public boolean areRequired() {
    return !workers.isEmpty() || !clients.isEmpty();
  }

  /// The key of a worker or client.
  Optional<PublicKey> of(String senderId) {
    return Optional.ofNullable(workers.get(senderId))
        .or(() -> Optional.ofNullable(clients.get(senderId)));
  }

  /// A P-256 public key from PEM text; empty when it is none.
  public static Optional<PublicKey> publicKey(String pem) {
    return decoded(pem, "PUBLIC KEY")
        .flatMap(der -> {
          try {
            PublicKey key =
                KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
            return isP256(key) ? Optional.of(key) : Optional.empty();
          } catch (InvalidKeySpecException e) {
            return Optional.empty();
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform has no elliptic curves", e);
          }
        });
  }

  /// A P-256 private key, PKCS 8, from PEM text; empty when it is none.
  public static Optional<PrivateKey> privateKey(String pem) {
    return decoded(pem, "PRIVATE KEY")
        .flatMap(der -> {
          try {
            PrivateKey key =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            return isP256(key) ? Optional.of(key) : Optional.empty();
          } catch (InvalidKeySpecException e) {
            return Optional.empty();
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform has no elliptic curves", e);
          }
        });
  }

  private static boolean isP256(Object key) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec wanted = parameters.getParameterSpec(ECParameterSpec.class);
    return key instanceof ECKey own
        && own.getParams().getCurve().equals(wanted.getCurve())
        && own.getParams().getOrder().equals(wanted.getOrder());
  }

  private static Optional<byte[]> decoded(String pem, String kind) {
    String text = pem.strip();
    String begin = "-----BEGIN " + kind + "-----";
    String end = "-----END " + kind + "-----";
    if (!text.startsWith(begin) || !text.endsWith(end)) {
      return Optional.empty();
    }
    String body = text.substring(begin.length(), text.length() - end.length());
    try {
      return Optional.of(Base64.getMimeDecoder().decode(body));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
