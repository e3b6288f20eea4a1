package dev.reeve.gateway.eigen;

import dev.reeve.gateway.Dialect;
import dev.reeve.gateway.EventStreams;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Replies;
import dev.reeve.service.DeviceDesk;
import dev.reeve.service.RegisteredAction;
import dev.reeve.service.RegisteredAction.Access;
import dev.reeve.service.RegisteredAction.Mode;
import dev.reeve.service.RegisteredAction.Risk;
import dev.reeve.service.circuit.CircuitDesk;
import dev.reeve.service.circuit.QfsPrograms;
import dev.reeve.service.knowledge.KnowledgeBase;
import dev.reeve.service.optimizer.MappingDesk;
import dev.reeve.service.reservation.DeviceReservations;
import dev.reeve.wire.eigen.api.v1.CompilationServiceGrpc;
import dev.reeve.wire.eigen.api.v1.DeviceServiceGrpc;
import dev.reeve.wire.eigen.api.v1.JobServiceGrpc;
import dev.reeve.wire.eigen.api.v1.KnowledgeBaseServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.DriverManagerServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.KernelGatewayServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.NeuroSymbolicServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceGrpc;
import dev.reeve.wire.kernel_api.v0_1.KernelGatewayGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes the Eigen dialect: every served method of every name, with its action.
public final class EigenDialect {
  /// Stored with each job; both public names and the kernel gateways are one dialect.
  public static final String NAME = "eigen";

  /// The gateway path as it was first written down; no package may be called so.
  private static final String DOTTED_GATEWAY = "kernel_api.v0.1.KernelGateway";

  /// The action of a method is the same under every name.
  private static final Map<String, RegisteredAction> ACTIONS =
      Map.ofEntries(
          Map.entry("SubmitJob", RegisteredAction.write("action:job:submit", Mode.INLINE)),
          Map.entry("EnqueueJob", RegisteredAction.write("action:job:submit", Mode.INLINE)),
          Map.entry("GetJobStatus", RegisteredAction.read("action:job:read", Mode.INLINE)),
          Map.entry("CancelJob", RegisteredAction.write("action:job:cancel", Mode.INLINE)),
          Map.entry("StreamJobUpdates", RegisteredAction.read("action:job:watch", Mode.INLINE)),
          Map.entry("GetJobResults", RegisteredAction.read("action:job:results", Mode.BLOCKING)),
          Map.entry(
              "GetDispatchRationale", RegisteredAction.read("action:job:explain", Mode.BLOCKING)),
          Map.entry("CompileCircuit", circuits("compile")),
          Map.entry("CompileJob", circuits("compile")),
          Map.entry("OptimizeCircuit", circuits("optimize")),
          Map.entry(
              "ScoreCompilationPlan", RegisteredAction.read("action:circuit:score", Mode.INLINE)),
          Map.entry("ValidateCircuit", circuits("validate")),
          Map.entry("ReserveDevice", RegisteredAction.write("action:device:reserve", Mode.INLINE)),
          Map.entry("UpsertRecord", knowledge("write", true)),
          Map.entry("BatchUpsertRecords", knowledge("write", true)),
          Map.entry("AppendDecisionLog", knowledge("append", true)),
          Map.entry("QueryRecords", knowledge("read", false)),
          Map.entry("GetRecord", knowledge("read", false)),
          Map.entry("QueryDecisionLogs", knowledge("read_log", false)),
          Map.entry("ExecuteCircuit", drivers("execute", Risk.HIGH)),
          Map.entry("CalibrateDevice", drivers("calibrate", Risk.CRITICAL).ofOperator()),
          Map.entry("ListDevices", RegisteredAction.read("action:device:list", Mode.INLINE)),
          Map.entry("GetDeviceDetails", RegisteredAction.read("action:device:read", Mode.INLINE)),
          Map.entry("GetDeviceStatus", RegisteredAction.read("action:device:read", Mode.INLINE)));

  private EigenDialect() {}

  /// Reads nothing of anybody's, but may compute for seconds.
  private static RegisteredAction circuits(String verb) {
    return new RegisteredAction(
        "action:circuit:" + verb, false, Risk.MEDIUM, Mode.INLINE, 1024 * 1024, Access.READ);
  }

  private static RegisteredAction knowledge(String verb, boolean writes) {
    return new RegisteredAction(
        "action:knowledge_base:" + verb,
        writes,
        writes ? Risk.MEDIUM : Risk.LOW,
        Mode.BLOCKING,
        4 * 1024 * 1024,
        writes ? Access.WRITE : Access.READ);
  }

  /// May take as long as the device does.
  private static RegisteredAction drivers(String verb, Risk risk) {
    return new RegisteredAction(
        "action:device:" + verb, true, risk, Mode.INLINE, 1024 * 1024, Access.WRITE);
  }

  /// The registered action of each method that is served, by full method name.
  public static Map<String, RegisteredAction> actions() {
    Map<String, RegisteredAction> actions = new HashMap<>();
    for (ServiceDescriptor service :
        List.of(
            JobServiceGrpc.getServiceDescriptor(),
            dev.reeve.wire.eigen_api.v1.JobServiceGrpc.getServiceDescriptor(),
            CompilationServiceGrpc.getServiceDescriptor(),
            dev.reeve.wire.eigen_api.v1.CompilationServiceGrpc.getServiceDescriptor(),
            dev.reeve.wire.eigen.internal.v1.CompilationServiceGrpc.getServiceDescriptor(),
            DeviceServiceGrpc.getServiceDescriptor(),
            KnowledgeBaseServiceGrpc.getServiceDescriptor(),
            dev.reeve.wire.eigen_api.v1.DeviceServiceGrpc.getServiceDescriptor(),
            KernelGatewayGrpc.getServiceDescriptor(),
            dev.reeve.wire.eigen.internal.v1.KernelGatewayGrpc.getServiceDescriptor(),
            KernelGatewayServiceGrpc.getServiceDescriptor(),
            DriverManagerServiceGrpc.getServiceDescriptor(),
            OptimizerServiceGrpc.getServiceDescriptor(),
            NeuroSymbolicServiceGrpc.getServiceDescriptor())) {
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        RegisteredAction action = ACTIONS.get(method.getBareMethodName());
        if (action != null) {
          actions.put(method.getFullMethodName(), action);
        }
      }
    }
    KernelGatewayGrpc.getServiceDescriptor()
        .getMethods()
        .forEach(method ->
            actions.put(
                DOTTED_GATEWAY + "/" + method.getBareMethodName(),
                Objects.requireNonNull(ACTIONS.get(method.getBareMethodName()))));
    return actions;
  }

  /// @param devices the devices that jobs may target
  /// @param reservations who has slots of them
  /// @param circuits compiles what callers send
  /// @param knowledge what callers keep of their runs
  /// @param mappings maps what kernels send
  public static Dialect create(
      GatewayServices services,
      DeviceDesk devices,
      DeviceReservations reservations,
      CircuitDesk circuits,
      KnowledgeBase knowledge,
      MappingDesk mappings) {
    ProblemTable problems = new EigenProblemTable();
    Replies replies = new Replies(problems);
    QfsPrograms references = new QfsPrograms(services.reader(), circuits, services.blocking());
    EigenJobs jobs =
        new EigenJobs(
            services,
            devices,
            reservations,
            new EventStreams(services.watch(), problems),
            references);
    EigenDevices deviceReads = new EigenDevices(devices, reservations, services.blocking());
    PublicCompilation compilation = new PublicCompilation(circuits, references);
    List<ServerServiceDefinition> open =
        new ArrayList<>(open(jobs, deviceReads, compilation, replies));
    open.add(
        KnowledgeBaseServiceGrpc.bindService(
            new KnowledgeBaseHandlers(new KnowledgeCalls(knowledge, services.clock()), replies)));
    List<ServerServiceDefinition> internal =
        new ArrayList<>(internal(jobs, deviceReads, compilation, replies));
    internal.add(
        OptimizerServiceGrpc.bindService(
            new InternalOptimizerService(new OptimizerCalls(mappings), replies)));
    internal.add(NeuroSymbolicServiceGrpc.bindService(new InternalPlanService(replies)));
    Map<String, RegisteredAction> actions = new HashMap<>();
    List<ServerServiceDefinition> all = new ArrayList<>(open);
    all.addAll(internal);
    for (ServerServiceDefinition service : all) {
      for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
        MethodDescriptor<?, ?> descriptor = method.getMethodDescriptor();
        actions.put(
            descriptor.getFullMethodName(),
            Objects.requireNonNull(
                ACTIONS.get(descriptor.getBareMethodName()), descriptor.getFullMethodName()));
      }
    }
    return new Dialect(
        NAME,
        open,
        internal,
        actions,
        problems,
        Map.of(DriverManagerServiceGrpc.SERVICE_NAME, new DriverProblemTable()));
  }

  private static List<ServerServiceDefinition> open(
      EigenJobs jobs, EigenDevices devices, PublicCompilation compilation, Replies replies) {
    PublicDevices publicDevices = new PublicDevices(devices);
    return List.of(
        JobServiceGrpc.bindService(
            new LaterJobService(new PublicJobs(jobs, EigenProfile.LATER), replies)),
        dev.reeve.wire.eigen_api.v1.JobServiceGrpc.bindService(
            new SeedJobService(new PublicJobs(jobs, EigenProfile.SEED), replies)),
        DeviceServiceGrpc.bindService(new LaterDeviceService(publicDevices, replies)),
        dev.reeve.wire.eigen_api.v1.DeviceServiceGrpc.bindService(
            new SeedDeviceService(publicDevices, replies)),
        CompilationServiceGrpc.bindService(new LaterCompilationService(compilation, replies)),
        new RenamedCompilation(compilation, replies)
            .named(dev.reeve.wire.eigen_api.v1.CompilationServiceGrpc.getServiceDescriptor()));
  }

  private static List<ServerServiceDefinition> internal(
      EigenJobs jobs, EigenDevices devices, PublicCompilation compilation, Replies replies) {
    SeedKernelGateway seed = new SeedKernelGateway(jobs, devices, replies);
    ServerServiceDefinition gateway = KernelGatewayGrpc.bindService(seed);
    return List.of(
        gateway,
        ServiceForms.named(gateway, DOTTED_GATEWAY),
        dev.reeve.wire.eigen.internal.v1.KernelGatewayGrpc.bindService(seed),
        KernelGatewayServiceGrpc.bindService(new LaterKernelGateway(jobs, replies)),
        new RenamedCompilation(compilation, replies)
            .named(dev.reeve.wire.eigen.internal.v1.CompilationServiceGrpc.getServiceDescriptor()),
        DriverManagerServiceGrpc.bindService(
            new DriverManagerService(new DriverCalls(jobs, devices))));
  }
}
