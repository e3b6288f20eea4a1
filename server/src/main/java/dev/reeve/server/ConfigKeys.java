package dev.reeve.server;

import dev.reeve.server.ConfigKey.Kind;
import java.util.List;

/// Every key there is, in the order of the template.
public final class ConfigKeys {
  public static final ConfigKey DATA =
      ConfigKey.of("data", Kind.PATH, "./reeve-data", "Data directory of the embedded store.");
  public static final ConfigKey STORE =
      ConfigKey.of(
          "store",
          Kind.TEXT,
          "sqlite",
          "sqlite, or postgresql://USER:PASSWORD@HOST:PORT/DATABASE.");
  public static final ConfigKey STORE_FILE =
      ConfigKey.of(
          "store_file",
          Kind.PATH,
          "",
          "A file that holds the value of store, so that its password stays out of this one.");
  public static final ConfigKey HOST =
      ConfigKey.of(
              "host",
              Kind.TEXT,
              "127.0.0.1",
              "Address to listen on; loopback only as long as no credentials are set up.")
          .aliased("MATHISON_GRPC_HOST");
  public static final ConfigKey IDENTITY_KEYS =
      ConfigKey.of(
          "identity.keys",
          Kind.PATH,
          "",
          "A file with the keys of callers, made by reeve key new; with it everybody must show"
              + " one.");
  public static final ConfigKey IDENTITY_LOCAL_OPERATOR =
      ConfigKey.choice(
          "identity.local_operator",
          "Whether callers on this machine need no key although there are keys. Never behind a"
              + " proxy on this machine.",
          "off",
          "on");
  public static final ConfigKey METRICS_OPEN =
      ConfigKey.choice(
          "metrics.open", "Whether /metrics needs no key although there are keys.", "off", "on");
  public static final ConfigKey GRPC_PORT =
      ConfigKey.of("grpc.port", Kind.PORT, "50051", "Port of the gRPC listener; 0 for a free one.")
          .aliased("MATHISON_GRPC_PORT");
  public static final ConfigKey HTTP_PORT =
      ConfigKey.of(
          "http.port",
          Kind.PORT,
          "8080",
          "Port for JSON, /metrics and /healthz; 0 for a free one.");
  public static final ConfigKey INTERNAL_PORT =
      ConfigKey.of(
          "internal.port", Kind.PORT, "", "Port of the internal gRPC listener; none when not set.");
  public static final ConfigKey LISTEN_SAFETY_KERNEL =
      ConfigKey.of(
              "listen.safety_kernel",
              Kind.LISTEN,
              "",
              "A further gRPC listener, HOST:PORT or :PORT, for clients of a safety kernel.")
          .aliased("SAFETY_KERNEL_ADDR");
  public static final ConfigKey LISTEN_CONTEXT_ENGINE =
      ConfigKey.of(
              "listen.context_engine",
              Kind.LISTEN,
              "",
              "A further gRPC listener, HOST:PORT or :PORT, for clients of a context engine.")
          .aliased("CONTEXT_ENGINE_ADDR");
  public static final ConfigKey POLICY_FILE =
      ConfigKey.of(
              "policy.file",
              Kind.PATH,
              "",
              "The policy, a file or a folder; without it policy.yaml in the data directory.")
          .aliased("SAFETY_POLICY_PATH");
  public static final ConfigKey POLICY_URL =
      ConfigKey.of(
              "policy.url",
              Kind.TEXT,
              "",
              "The policy, in place of policy.file, at an address: https://HOST/PATH.")
          .aliased("SAFETY_POLICY_URL");
  public static final ConfigKey POLICY_URL_HOSTS =
      ConfigKey.of(
              "policy.url_hosts",
              Kind.TEXT,
              "",
              "Hosts that policy.url may lead to, with commas between; any public one when not"
                  + " set.")
          .aliased("SAFETY_POLICY_URL_ALLOWLIST");
  public static final ConfigKey POLICY_URL_PRIVATE =
      ConfigKey.choice(
              "policy.url_private",
              "Whether policy.url may lead to this machine and its network, where http:// will do.",
              ConfigKey.OFF_ON)
          .aliased("SAFETY_POLICY_URL_ALLOW_PRIVATE");
  public static final ConfigKey POLICY_RELOAD_INTERVAL =
      ConfigKey.of(
              "policy.reload_interval",
              Kind.DURATION,
              "30s",
              "How often policy.url is looked at; files are taken when they change.")
          .aliased("SAFETY_POLICY_RELOAD_INTERVAL");
  public static final ConfigKey POLICY_FILES =
      ConfigKey.of(
          "policy.files",
          Kind.LIST,
          "",
          "Further policy files and folders, merged after policy.file, with commas between or as a"
              + " list.");
  public static final ConfigKey POLICY_INVARIANTS =
      ConfigKey.of(
          "policy.invariants",
          Kind.PATH,
          "",
          "The floor: a policy file whose restrictions nothing overrides.");
  public static final ConfigKey POLICY_SHADOWS =
      ConfigKey.of(
          "policy.shadows",
          Kind.LIST,
          "",
          "Policy files that are asked beside and decide nothing, with commas between or as a"
              + " list.");
  public static final ConfigKey POLICY_PUBLIC_KEY =
      ConfigKey.of(
              "policy.public_key",
              Kind.TEXT,
              "",
              "Ed25519 key of whoever signs policy files: 32 bytes in base64 or hex, or PEM.")
          .aliased("SAFETY_POLICY_PUBLIC_KEY");
  public static final ConfigKey POLICY_SIGNATURE =
      ConfigKey.of(
              "policy.signature",
              Kind.TEXT,
              "",
              "The signature over the policy, in base64 or hex, when it is not in FILE.sig or"
                  + " URL.sig.")
          .aliased("SAFETY_POLICY_SIGNATURE");
  public static final ConfigKey POLICY_SIGNATURE_FILE =
      ConfigKey.of(
              "policy.signature_file",
              Kind.PATH,
              "",
              "Where the signature over the policy is, when it is not in FILE.sig or URL.sig.")
          .aliased("SAFETY_POLICY_SIGNATURE_PATH");
  public static final ConfigKey POLICY_STRICT =
      ConfigKey.choice(
              "policy.strict",
              "A policy file without a good signature FILE.sig: off takes it, warn says so, enforce"
                  + " refuses it.",
              "off",
              "warn",
              "enforce")
          .aliased("CORDUM_POLICY_STRICT");
  public static final ConfigKey SCANNERS_FILE =
      ConfigKey.of(
              "scanners.file",
              Kind.PATH,
              "",
              "Scanners of your own; one with a built-in name replaces that.")
          .aliased("OUTPUT_SCANNERS_PATH");
  public static final ConfigKey APPROVALS_REQUIRED =
      ConfigKey.of(
          "approvals.required",
          Kind.COUNT,
          "1",
          "Persons who must approve a job that policy holds.");
  public static final ConfigKey APPROVALS_EXPIRY =
      ConfigKey.of(
          "approvals.expiry",
          Kind.DURATION,
          "",
          "How long a held job waits for approval before it is denied; when not set, as long as its"
              + " own deadline permits.");
  public static final ConfigKey AUDIT_CHECKS =
      ConfigKey.choice(
          "audit.checks",
          "Receipts of checks that change nothing: durable, each before its answer, or counted by"
              + " the minute.",
          "durable",
          "counted");
  public static final ConfigKey GENOME_FILE =
      ConfigKey.of(
              "genome.file",
              Kind.PATH,
              "",
              "The genome; without it genome.json in the data directory.")
          .aliased("MATHISON_GENOME_PATH");
  public static final ConfigKey TREATY_FILE =
      ConfigKey.of(
          "treaty.file",
          Kind.PATH,
          "",
          "The treaty; without it treaty.yaml in the data directory.");
  public static final ConfigKey GOVERNANCE_CONFIG =
      ConfigKey.of(
              "governance.config",
              Kind.PATH,
              "",
              "A JSON file that names the treaty, its version and the genome, as other systems have"
                  + " it.")
          .aliased("MATHISON_GOVERNANCE_CONFIG");
  public static final ConfigKey MANIFEST_ROOT =
      ConfigKey.of(
          "governance.manifest_root",
          Kind.PATH,
          "",
          "The folder whose files the build manifest of the genome must match; not compared"
              + " without it.");
  public static final ConfigKey HEARTBEAT_INTERVAL =
      ConfigKey.of(
              "governance.heartbeat_interval",
              Kind.DURATION,
              "30s",
              "How often the root of governance, storage and receipts are checked.")
          .aliased("MATHISON_HEARTBEAT_INTERVAL");
  public static final ConfigKey BOUNDARY_PACK =
      ConfigKey.of(
          "governance.boundary_pack",
          Kind.PATH,
          "",
          "Rules of the boundary, in the format of those that are shipped.");
  public static final ConfigKey CONSCIENCE_PACK =
      ConfigKey.of(
          "governance.conscience_pack",
          Kind.PATH,
          "",
          "Rules of the conscience, in the format of those that are shipped.");
  public static final ConfigKey CONSCIENCE_OFF_TENANTS =
      ConfigKey.of(
          "governance.conscience_off_tenants",
          Kind.TEXT,
          "",
          "Tenants for which the rules of the conscience do not hold, with commas between; consent"
              + " and the genome always do.");
  public static final ConfigKey DATA_KEY_FILE =
      ConfigKey.of(
          "governance.data_key_file",
          Kind.PATH,
          "",
          "The key of hashes and tokens of personal data: 32 bytes in hex or Base64; without it one"
              + " that ends with the process.");
  public static final ConfigKey ANCHORS =
      ConfigKey.of(
          "governance.anchors",
          Kind.TEXT,
          "",
          "Whose stop and pause halt everybody, with commas between; when not set, those of the"
              + " conscience: system, kaitiaki, admin.");
  public static final ConfigKey RATE_REQUESTS =
      ConfigKey.of(
          "governance.rate.requests",
          Kind.COUNT_OR_NONE,
          "0",
          "Requests of one principal, and of each of its clients, in a window; 0 for no such"
              + " limit.");
  public static final ConfigKey RATE_WINDOW =
      ConfigKey.of(
          "governance.rate.window",
          Kind.DURATION,
          "60s",
          "The time in which an empty budget of requests becomes full.");
  public static final ConfigKey UNFINISHED_MAX =
      ConfigKey.of("limits.unfinished_max", Kind.COUNT, "500000", "Unfinished jobs in the log.");
  public static final ConfigKey TENANT_SHARE_MAX =
      ConfigKey.of(
          "limits.tenant_unfinished_max", Kind.COUNT, "250000", "Unfinished jobs of one tenant.");
  public static final ConfigKey LEASE =
      ConfigKey.of(
          "workers.lease",
          Kind.DURATION,
          "30s",
          "How long a worker may be silent before its jobs go to others.");
  public static final ConfigKey HEARTBEAT =
      ConfigKey.of(
          "watch.heartbeat",
          Kind.DURATION,
          "10s",
          "How long a watched running job may be silent before watchers get a sign.");
  public static final ConfigKey PROGRESS_INTERVAL =
      ConfigKey.of(
          "watch.progress_interval", Kind.DURATION, "250ms", "Least time between progress events.");
  public static final ConfigKey AGING =
      ConfigKey.of(
          "queue.aging_per_point",
          Kind.DURATION,
          "1s",
          "Waiting time that weighs as much as one point of priority.");
  public static final ConfigKey BLOCKING_CALLS_MAX =
      ConfigKey.of("calls.blocking_max", Kind.COUNT, "512", "Calls that may block at once.");
  public static final ConfigKey ROUTING_POLICIES =
      ConfigKey.of(
          "routing.policies",
          Kind.PATH,
          "",
          "A folder with a JSON file for each routing policy, ID.json; watched for changes.");
  public static final ConfigKey ROUTING_TENANTS =
      ConfigKey.of(
          "routing.tenants",
          Kind.LIST,
          "",
          "Tenants that routing and models serve, with commas between or as a list; all when not"
              + " set.");
  public static final ConfigKey ROUTING_STRICT =
      ConfigKey.choice(
          "routing.strict",
          "Whether routing requests of every form must keep the formats of ids: off asks the"
              + " DecideRequest alone.",
          "off",
          "on");
  public static final ConfigKey ROUTING_DECIDE_STREAM =
      ConfigKey.choice(
          "routing.decide_stream",
          "Whether decisions are also asked for durably, through the stream BEAMLINE_DECIDE of the"
              + " bus.",
          "off",
          "on");
  public static final ConfigKey ROUTING_ENVIRONMENT =
      ConfigKey.of(
          "routing.environment",
          Kind.TEXT,
          "",
          "What conditions of routing policies see as environment.");
  public static final ConfigKey SIMULATOR_MEMORY_MAX =
      ConfigKey.of(
          "cpu.memory_max",
          Kind.SIZE,
          "",
          "Memory that simulations may use, at most three quarters of the heap; when not set, a"
              + " quarter of the machine's, or half of the heap if that is less.");
  public static final ConfigKey COMPILE_TIME_MAX =
      ConfigKey.of(
          "cpu.compile_max",
          Kind.DURATION,
          "30s",
          "How long a circuit may be compiled for a caller of the compilation service.");
  public static final ConfigKey RETENTION =
      ConfigKey.of("retention", Kind.DURATION, "168h", "How long finished jobs are kept.");
  public static final ConfigKey DRAIN =
      ConfigKey.of("drain", Kind.DURATION, "10s", "How long a stop waits for calls in progress.");

  public static final List<ConfigKey> ALL =
      List.of(
          DATA,
          STORE,
          STORE_FILE,
          HOST,
          GRPC_PORT,
          HTTP_PORT,
          INTERNAL_PORT,
          IDENTITY_KEYS,
          IDENTITY_LOCAL_OPERATOR,
          METRICS_OPEN,
          LISTEN_SAFETY_KERNEL,
          LISTEN_CONTEXT_ENGINE,
          POLICY_FILE,
          POLICY_URL,
          POLICY_URL_HOSTS,
          POLICY_URL_PRIVATE,
          POLICY_RELOAD_INTERVAL,
          POLICY_FILES,
          POLICY_INVARIANTS,
          POLICY_SHADOWS,
          POLICY_PUBLIC_KEY,
          POLICY_SIGNATURE,
          POLICY_SIGNATURE_FILE,
          POLICY_STRICT,
          SCANNERS_FILE,
          APPROVALS_REQUIRED,
          APPROVALS_EXPIRY,
          AUDIT_CHECKS,
          GENOME_FILE,
          TREATY_FILE,
          GOVERNANCE_CONFIG,
          MANIFEST_ROOT,
          HEARTBEAT_INTERVAL,
          BOUNDARY_PACK,
          CONSCIENCE_PACK,
          CONSCIENCE_OFF_TENANTS,
          DATA_KEY_FILE,
          ANCHORS,
          RATE_REQUESTS,
          RATE_WINDOW,
          UNFINISHED_MAX,
          TENANT_SHARE_MAX,
          LEASE,
          HEARTBEAT,
          PROGRESS_INTERVAL,
          AGING,
          DeciderKeys.OPEN_TIME,
          DeciderKeys.SAFETY_KERNEL.address(),
          DeciderKeys.SAFETY_KERNEL.failMode(),
          DeciderKeys.SAFETY_TENANT_FAIL_MODES,
          DeciderKeys.SAFETY_TIMEOUT,
          DeciderKeys.SAFETY_KERNEL.tlsCa(),
          DeciderKeys.SAFETY_KERNEL.tlsCert(),
          DeciderKeys.SAFETY_KERNEL.tlsKey(),
          DeciderKeys.SAFETY_KERNEL.tlsRequired(),
          DeciderKeys.SAFETY_KERNEL.insecure(),
          DeciderKeys.OUTPUT_POLICY.address(),
          DeciderKeys.OUTPUT_POLICY.failMode(),
          DeciderKeys.OUTPUT_METADATA_TIMEOUT,
          DeciderKeys.OUTPUT_CONTENT_TIMEOUT,
          DeciderKeys.OUTPUT_POLICY.tlsCa(),
          DeciderKeys.OUTPUT_POLICY.tlsCert(),
          DeciderKeys.OUTPUT_POLICY.tlsKey(),
          DeciderKeys.OUTPUT_POLICY.tlsRequired(),
          DeciderKeys.OUTPUT_POLICY.insecure(),
          CapKeys.POOLS_FILE,
          CapKeys.READINESS,
          CapKeys.HANDSHAKE,
          CapKeys.KEYS,
          CapKeys.CLIENT_KEYS,
          CapKeys.SIGNING_KEY_FILE,
          BusKeys.URL,
          BusKeys.USER,
          BusKeys.PASSWORD_FILE,
          BusKeys.TOKEN_FILE,
          BusKeys.CREDENTIALS_FILE,
          BusKeys.NKEY_FILE,
          BusKeys.TLS_CA,
          BusKeys.TLS_CERT,
          BusKeys.TLS_KEY,
          BusKeys.INSECURE,
          BusKeys.REPLICAS,
          BusKeys.MESSAGE_MAX,
          BusKeys.PUBLISH,
          BusKeys.REPUBLISH_FROM,
          RateKeys.CALLS,
          RateKeys.CALLS_BURST,
          RateKeys.CALLS_IN_PROGRESS,
          RateKeys.ROUTING,
          RateKeys.ROUTING_BURST,
          RateKeys.TENANT,
          RateKeys.TENANT_BURST,
          ROUTING_POLICIES,
          ROUTING_TENANTS,
          ROUTING_STRICT,
          ROUTING_DECIDE_STREAM,
          ROUTING_ENVIRONMENT,
          ModelKeys.RELEASE,
          ModelKeys.PRICES,
          ModelKeys.CACHE_ENTRIES,
          ModelKeys.CACHE_SIZE,
          ModelKeys.CACHE_AGE,
          ModelKeys.JOIN,
          BeamlineWorkerKeys.TOPICS,
          BeamlineWorkerKeys.CONCURRENCY,
          BeamlineWorkerKeys.ENVELOPE,
          BeamlineWorkerKeys.DEADLINE_MULTIPLIER,
          BeamlineWorkerKeys.DEADLINE_MIN,
          BeamlineWorkerKeys.DEADLINE_MAX,
          BeamlineWorkerKeys.DEAD_LETTERS,
          CapKeys.REDIS_URL,
          CapKeys.REDIS_URL_FILE,
          BLOCKING_CALLS_MAX,
          SIMULATOR_MEMORY_MAX,
          COMPILE_TIME_MAX,
          RETENTION,
          DRAIN);

  private ConfigKeys() {}
}
