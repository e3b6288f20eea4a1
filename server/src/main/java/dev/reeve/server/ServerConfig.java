package dev.reeve.server;

import dev.reeve.engine.EngineLimits;
import dev.reeve.gateway.CallRate;
import dev.reeve.gateway.ExtraListener;
import dev.reeve.service.ApprovalTerms;
import dev.reeve.service.CheckReceipts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything that can be set, checked and with defaults applied. Made by [ConfigLoader].
///
/// @param data data directory of the embedded store
/// @param store `sqlite`, or a `postgresql://` address
/// @param host address to listen on; loopback only while there are no credentials
/// @param grpcPort port of the public gRPC listener; 0 for a free one
/// @param httpPort port of the HTTP listener; 0 for a free one
/// @param internalPort port of the internal gRPC listener; empty for none
/// @param listeners further gRPC listeners with the public services
/// @param identity who may call
/// @param policy where the policy comes from
/// @param scannersFile scanners of the user; empty for none
/// @param governance where the root of governance is, and how often it is checked
/// @param gate the boundary, the conscience and consent
/// @param limits bounds and shares of the writer
/// @param approvals how held jobs are approved
/// @param auditChecks how carefully questions that change nothing are written down
/// @param deciders other deciders that are asked
/// @param agents workers that come by the bus
/// @param bus where messages go
/// @param routing the router's policies, and whom it serves
/// @param models the providers of models
/// @param beamlineWorkers how work goes to BeamLine workers
/// @param devices what is said of devices, drivers among them
/// @param blockingCallsMax calls that may block at once
/// @param callRate how much one principal may call
/// @param simulatorMemoryBytesMax memory that simulations may use together
/// @param compileTimeMax how long a circuit may be compiled for a caller
/// @param retention how long finished jobs are kept
/// @param drain how long a stop waits for calls in progress
/// @param nodeName name of this node in messages
public record ServerConfig(
    Path data,
    String store,
    String host,
    int grpcPort,
    int httpPort,
    Optional<Integer> internalPort,
    List<ExtraListener> listeners,
    IdentitySettings identity,
    PolicySettings policy,
    Optional<Path> scannersFile,
    Governance governance,
    GateSettings gate,
    EngineLimits limits,
    ApprovalTerms approvals,
    CheckReceipts.Mode auditChecks,
    DeciderConfig deciders,
    CapConfig agents,
    BusConfig bus,
    RoutingConfig routing,
    ModelSettings models,
    BeamlineWorkerConfig beamlineWorkers,
    List<DeviceSettings> devices,
    int blockingCallsMax,
    CallRate callRate,
    long simulatorMemoryBytesMax,
    Duration compileTimeMax,
    Duration retention,
    Duration drain,
    String nodeName) {
  public ServerConfig {
    listeners = List.copyOf(listeners);
    devices = List.copyOf(devices);
  }

  /// The root of governance.
  ///
  /// @param config a governance configuration of the founding format; it names the files below
  /// @param genome the genome; empty for the one in the data directory
  /// @param treaty the treaty; empty for the one in the data directory
  /// @param manifestRoot the folder whose files the genome's build manifest must match; empty for
  ///   no such check
  /// @param heartbeatInterval how often everything is looked at
  public record Governance(
      Optional<Path> config,
      Optional<Path> genome,
      Optional<Path> treaty,
      Optional<Path> manifestRoot,
      Duration heartbeatInterval) {}
}
