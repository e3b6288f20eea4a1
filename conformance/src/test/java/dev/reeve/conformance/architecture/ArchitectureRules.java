package dev.reeve.conformance.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// The rules of the house, each with the reason that a failed build shows. They are made for a root
/// package, so that the same rules can be tried on a house that is broken on purpose.
///
/// @param root the package above the modules, `dev.reeve` for the product
record ArchitectureRules(String root) {
  /// Dialect packages of the gateway. What they share lives in `gateway` itself.
  private static final Set<String> DIALECTS =
      Set.of("beamline", "cordum", "eigen", "grace", "mathison", "reeve");

  private static final String ADVICE =
      "; if it is right all the same, change the rule and say why in a decision record";

  /// Knowledge points inward, and modules of one ring do not know each other.
  ArchRule knowsOnlyInward(HouseModule module) {
    List<String> known =
        Stream.concat(module.mayKnow().stream(), Stream.of(module)).map(this::inside).toList();
    return noClasses()
        .that()
        .resideInAPackage(inside(module))
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + "..")
                .and(not(resideInAnyPackage(known.toArray(String[]::new))))
                .as("a module that '%s' may not know", module.folder()))
        .because(
            "a change in an outer ring must not reach an inner one, and two domains meet only in"
                + " 'service'"
                + ADVICE);
  }

  /// No package is reached from itself.
  ArchRule packagesFormNoCycle() {
    return slices()
        .assignedFrom(
            slice(type ->
                type.getPackageName().startsWith(inner(HouseModule.WIRE))
                    ? SliceIdentifier.ignore()
                    : SliceIdentifier.of(type.getPackageName())))
        .should()
        .beFreeOfCycles()
        .because("what depends on itself can be neither understood nor replaced in parts" + ADVICE);
  }

  /// Ports are the engine's idea of the world; they do not lean on its inside.
  ArchRule portsAreSelfContained() {
    return classes()
        .that()
        .resideInAPackage(root + ".engine.port..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage(root + ".engine..")).or(resideInAPackage(root + ".engine.port..")))
        .because("an adapter must be written against the port alone" + ADVICE);
  }

  /// What stands in the port package is a contract or a value, never a mechanism.
  ArchRule portsAreContracts() {
    return classes()
        .that()
        .resideInAPackage(root + ".engine.port..")
        .and()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .beInterfaces()
        .orShould()
        .beRecords()
        .orShould()
        .beEnums()
        .orShould()
        .haveSimpleNameEndingWith("Exception")
        .because("a port that holds code decides for its adapters" + ADVICE);
  }

  /// Generated messages stop at the edge.
  ArchRule generatedClassesStayAtTheEdge() {
    return onlyIn(
        List.of(HouseModule.GATEWAY, HouseModule.CLI),
        resideInAPackage(inside(HouseModule.WIRE)),
        "a wire format is one dialect's business: the core would change with it");
  }

  /// A dialect never imports another dialect.
  ArchRule dialectsDoNotKnowEachOther() {
    return slices()
        .assignedFrom(slice(this::dialect))
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .because("each dialect is one contract; what two share belongs to the gateway" + ADVICE);
  }

  /// SQL lives in the store.
  ArchRule sqlStaysInTheStore() {
    return onlyIn(
        List.of(HouseModule.STORE),
        resideInAnyPackage(
            "java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..", "org.flywaydb.."),
        "one module knows how jobs are kept, so that a database can be exchanged");
  }

  /// Broker clients live in the bus.
  ArchRule brokersStayInTheBus() {
    return onlyIn(
        List.of(HouseModule.BUS),
        resideInAnyPackage(
            "io.nats..", "org.apache.kafka..", "com.rabbitmq..", "io.lettuce..", "redis.clients.."),
        "nothing is ever only in a bus: the core must not see one");
  }

  /// The engine and everything inside it take time, chance, files and threads as arguments.
  ArchRule coreTouchesNoWorld() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            Arrays.stream(HouseModule.values())
                .filter(module -> module.ring().compareTo(Ring.ENGINE) <= 0)
                .filter(module -> module != HouseModule.WIRE)
                .map(this::inside)
                .toArray(String[]::new))
        .should()
        .accessTargetWhere(touchesTheWorld())
        .because(
            "replay must equal live and a simulation must own time, chance, disk and threads: take"
                + " an InstantSource, a RandomGenerator or a port"
                + ADVICE);
  }

  /// States are folded from events, and by nothing else.
  ArchRule onlyEvolveBuildsTheNextState() {
    DescribedPredicate<JavaAccess<?>> buildsState =
        describe(
            "builds a job's state",
            access ->
                access.getTarget().getName().equals("<init>")
                    && isJobState(access.getTargetOwner()));
    return noClasses()
        .that(
            not(resideInAPackage(inside(HouseModule.JOB)))
                .or(describe("JobDecider", type -> type.getSimpleName().equals("JobDecider"))))
        .should()
        .accessTargetWhere(buildsState)
        .because(
            "a state that did not come from events is lost at the next start; emit an event"
                + ADVICE);
  }

  /// One way to log.
  ArchRule logsGoThroughOneFacade() {
    return noClasses()
        .should()
        .accessClassesThat(
            resideInAnyPackage(
                "java.util.logging..", "org.apache.logging..", "org.apache.commons.logging.."))
        .because("logs have one format and one switch: use slf4j" + ADVICE);
  }

  /// Only what a user starts may print.
  ArchRule onlyTheAppPrints() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            inside(HouseModule.CLI),
            inside(HouseModule.SERVER),
            inside(HouseModule.CONFORMANCE),
            inside(HouseModule.BENCH))
        .should()
        .accessTargetWhere(
            describe(
                "prints",
                (JavaAccess<?> access) ->
                    access.getTargetOwner().getName().equals("java.lang.System")
                        && Set.of("out", "err").contains(access.getName())))
        .because("stdout belongs to the command's answer" + ADVICE);
  }

  /// Code reads straight down.
  ArchRule noReactiveTypes() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.reactivestreams..", "reactor..", "io.reactivex..", "rx..")
                .or(
                    describe(
                        "java.util.concurrent.Flow",
                        type -> type.getName().startsWith("java.util.concurrent.Flow"))))
        .because(
            "blocking code on virtual threads reads straight down and shows its stack" + ADVICE);
  }

  private ArchRule onlyIn(
      List<HouseModule> modules, DescribedPredicate<JavaClass> theirs, String reason) {
    String[] allowed =
        Stream.concat(modules.stream(), proofs()).map(this::inside).toArray(String[]::new);
    return noClasses()
        .that(not(resideInAnyPackage(allowed)).and(not(theirs)))
        .should()
        .dependOnClassesThat(theirs)
        .because(reason + ADVICE);
  }

  private static Stream<HouseModule> proofs() {
    return Arrays.stream(HouseModule.values()).filter(module -> module.ring() == Ring.PROOF);
  }

  private SliceIdentifier dialect(JavaClass type) {
    return DIALECTS.stream()
        .filter(dialect -> isIn(type, root + ".gateway." + dialect))
        .findFirst()
        .map(SliceIdentifier::of)
        .orElse(SliceIdentifier.ignore());
  }

  private boolean isJobState(JavaClass type) {
    String name = type.getName();
    return name.startsWith(inner(HouseModule.JOB) + ".JobState$")
        || name.equals(inner(HouseModule.JOB) + ".Job");
  }

  private static DescribedPredicate<JavaAccess<?>> touchesTheWorld() {
    return describe(
        "touches clock, chance, disk, network, threads or environment",
        access ->
            World.touchedBy(access.getTargetOwner().getName(), access.getTarget().getName())
                && !takesAnExecutor(access));
  }

  /// `supplyAsync(work, executor)` runs where the caller said.
  private static boolean takesAnExecutor(JavaAccess<?> access) {
    return access instanceof JavaMethodCall call
        && call.getTarget().getRawParameterTypes().stream()
            .anyMatch(type -> type.getName().equals("java.util.concurrent.Executor"));
  }

  private static SliceAssignment slice(Function<JavaClass, SliceIdentifier> slice) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return slice.apply(type);
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }

  private static boolean isIn(JavaClass type, String parent) {
    return type.getPackageName().equals(parent) || type.getPackageName().startsWith(parent + ".");
  }

  private String inner(HouseModule module) {
    return root + "." + module.folder();
  }

  private String inside(HouseModule module) {
    return inner(module) + "..";
  }
}
