package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import dev.reeve.policy.PolicyBundles;
import dev.reeve.policy.PolicyLoad;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.PolicySource;
import dev.reeve.service.SharedScanner;
import dev.reeve.service.UnenforcedPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a file in the data directory like the policy at an address, its signature beside it; the
/// file is then read like any other. Only a policy that can be used replaces it, so the one before
/// stays on any error, also across a restart.
///
/// [#fetch] blocks for as long as the network takes; [#put] is called by the thread that reads the
/// files, so that it never sees one without the other.
final class PolicyMirror {
  private static final Logger log = LoggerFactory.getLogger(PolicyMirror.class);

  /// What was fetched and can be used.
  private record Fetched(Bytes content, Optional<Bytes> signature) {}

  private final PolicyUrl url;
  private final Path data;
  private final Path file;
  private final PolicySignatures signatures;
  private final SharedScanner scanner;
  private final PolicyFetch fetch;
  private final AtomicReference<@Nullable Fetched> waiting = new AtomicReference<>();
  private final AtomicBoolean fetching = new AtomicBoolean();
  private volatile String trouble = "";

  private PolicyMirror(
      PolicyUrl url,
      Path data,
      PolicySignatures signatures,
      SharedScanner scanner,
      Duration timeout) {
    this.url = url;
    this.data = data;
    this.file = url.fileIn(data);
    this.signatures = signatures;
    this.scanner = scanner;
    fetch = new PolicyFetch(url, timeout);
  }

  /// The policy that is fetched, if one is; fetches for the first time.
  ///
  /// @throws dev.reeve.base.ProblemException as [#open]
  static Optional<PolicyMirror> of(PolicySettings policy, Path data, SharedScanner scanner) {
    return policy
        .url()
        .map(url -> open(url, data, policy.signatures(), scanner, PolicyFetch.TIMEOUT));
  }

  /// Fetches for the first time.
  ///
  /// @param scanner whose detectors content rules may name
  /// @param timeout for each of policy and signature
  /// @throws dev.reeve.base.ProblemException when there is none to be had, and none from before
  static PolicyMirror open(
      PolicyUrl url,
      Path data,
      PolicySignatures signatures,
      SharedScanner scanner,
      Duration timeout) {
    PolicyMirror mirror = new PolicyMirror(url, data, signatures, scanner, timeout);
    mirror.fetch();
    mirror.put();
    if (!mirror.trouble.isEmpty() && !Files.exists(mirror.file)) {
      throw ServerProblems.POLICY_FILE_UNREADABLE.because(mirror.trouble).toException();
    }
    return mirror;
  }

  /// The file that is kept.
  Path file() {
    return file;
  }

  /// How often to fetch.
  Duration interval() {
    return url.interval();
  }

  /// Why the file is not what is at the address; empty when it is, as far as is known.
  String trouble() {
    return trouble;
  }

  /// Fetches the policy, unless another thread does.
  void fetch() {
    if (!fetching.compareAndSet(false, true)) {
      return;
    }
    try {
      Fetched fetched = fetched();
      if (isNew(fetched)) {
        waiting.set(fetched);
      }
      trouble = "";
    } catch (ProblemException e) {
      complain(e.problem().message());
    } catch (IOException e) {
      complain(String.valueOf(e.getMessage()));
    } finally {
      fetching.set(false);
    }
  }

  private Fetched fetched() throws IOException {
    Bytes content = fetch.get(url.address());
    Optional<Bytes> signature = signature();
    boolean verified = signatures.verifies(file, content, signature);
    if (!verified && signatures.mode() == PolicySignatures.Mode.ENFORCE) {
      throw new IOException(PolicyUrl.shown(url.address()) + ": no good signature over it");
    }
    PolicyLoad load =
        PolicyBundles.load(List.of(new PolicySource(file.toString(), content)), Optional.empty());
    PolicySnapshot snapshot = load.orThrow(PolicyUrl.shown(url.address()));
    boolean silent = load instanceof PolicyLoad.Loaded loaded && !loaded.silent().isEmpty();
    List<String> parts = UnenforcedPolicy.partsOf(snapshot.document(), scanner);
    if (silent || !parts.isEmpty()) {
      throw new IOException(
          PolicyUrl.shown(url.address())
              + (parts.isEmpty()
                  ? ": empty (expected: a policy)"
                  : ": this version cannot enforce " + String.join(", ", parts)));
    }
    return new Fetched(content, signature);
  }

  /// The signature beside the policy, where one is looked at and it is not given otherwise.
  private Optional<Bytes> signature() throws IOException {
    if (signatures.key().isEmpty() || signatures.given().isPresent()) {
      return Optional.empty();
    }
    URI address = url.signature();
    try {
      return Optional.of(fetch.get(address));
    } catch (IOException e) {
      if (signatures.mode() == PolicySignatures.Mode.ENFORCE) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private boolean isNew(Fetched fetched) throws IOException {
    Path beside = signatures.fileFor(file);
    boolean sameSignature =
        fetched.signature().isEmpty()
            || (Files.exists(beside)
                && fetched.signature().get().equals(Bytes.wrap(Files.readAllBytes(beside))));
    return !sameSignature
        || !Files.exists(file)
        || !fetched.content().equals(Bytes.wrap(Files.readAllBytes(file)));
  }

  /// Writes what was fetched since the last time.
  void put() {
    Fetched fetched = waiting.getAndSet(null);
    if (fetched == null) {
      return;
    }
    try {
      Files.createDirectories(data);
      if (fetched.signature().isPresent()) {
        replace(signatures.fileFor(file), fetched.signature().get());
      }
      replace(file, fetched.content());
      log.info("policy fetched from={} file={}", PolicyUrl.shown(url.address()), file);
    } catch (IOException e) {
      complain(file + ": cannot be written: " + e);
    }
  }

  private static void replace(Path file, Bytes content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, content.toArray());
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void complain(String reason) {
    String now = "policy.url: " + reason;
    if (!now.equals(trouble)) {
      log.warn("policy not fetched, the one before stays reason={}", reason);
    }
    trouble = now;
  }
}
