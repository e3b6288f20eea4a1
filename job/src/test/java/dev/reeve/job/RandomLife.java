package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Leads one job after the other from admission to its end by random commands, and checks after
/// each step what must hold.
final class RandomLife {
  private static final int STEPS_MAX = 400;
  private static final int STEPS_AFTER_THE_END = 15;

  private final Random random;
  private final RandomValues values;
  private final RandomCommands commands;
  private final Set<String> eventTypes = new TreeSet<>();
  private final Set<String> commandTypes = new TreeSet<>();
  private Admission admission;
  private Job job;
  private long now;
  private final List<Bytes> stored = new ArrayList<>();
  private final List<JobEvent> history = new ArrayList<>();
  private final List<DispatchId> dispatched = new ArrayList<>();

  RandomLife(long seed) {
    random = new Random(seed);
    values = new RandomValues(random);
    commands = new RandomCommands(random);
    admission = values.admission();
    job = Job.created(1, admission);
  }

  Set<String> eventTypes() {
    return eventTypes;
  }

  Set<String> commandTypes() {
    return commandTypes;
  }

  /// State and code with which the last job ended.
  String end() {
    return switch (job.state()) {
      case JobState.Denied s -> "DENIED " + s.code();
      case JobState.Quarantined s -> "QUARANTINED " + s.code();
      case JobState.Failed s -> "FAILED " + s.code();
      case JobState.TimedOut s -> "TIMED_OUT " + s.code();
      default -> job.state().name().name();
    };
  }

  /// @return how many steps it took
  int liveOne(long jobNo) {
    admit(jobNo);
    commands.newMood();
    int steps = 1;
    while (!job.isFinished()) {
      boolean overdue = steps > STEPS_MAX;
      step(overdue ? new JobCommand.Cancel("sim", "took too long") : commands.next(job, now));
      steps++;
    }
    for (int i = 0; i < STEPS_AFTER_THE_END; i++) {
      step(commands.next(job, now));
      steps++;
    }
    nothingCanFollow();
    outcomeReadsBack();
    return steps;
  }

  private void admit(long jobNo) {
    now = JobSamples.CREATED + random.nextInt(1_000_000);
    List<String> parents = List.of("p1", "p2", "p3").subList(0, random.nextInt(4));
    RunLimits limits =
        new RunLimits(
            random.nextInt(3) == 0 ? now + random.nextInt(200_000_000) : 0,
            random.nextInt(3) == 0 ? 1 + random.nextInt(20_000_000) : 0,
            values.retry(),
            random.nextInt(4) == 0);
    Placement placement = new Placement("job.echo", "", random.nextInt(101), parents);
    admission = values.admission(values.verdict(), placement, limits);
    admission =
        new Admission(admission.spec().createdAt(now), admission.verdict(), admission.salt());
    stored.clear();
    history.clear();
    dispatched.clear();
    job = Job.created(jobNo, admission);
    long expires = random.nextBoolean() ? 0 : now + 1 + random.nextInt(5_000_000);
    apply(JobDecider.admit(admission, values.some(parents), expires));
    assertThat(job.lastEventSeq()).isEqualTo(1);
    promisesHold();
  }

  private void step(JobCommand command) {
    now += random.nextInt(3) == 0 ? 0 : random.nextInt(2_000_000);
    commandTypes.add(command.getClass().getSimpleName());
    Job before = job;
    JobDecision decision = JobDecider.decide(job, command, now);
    assertThat(JobDecider.decide(job, command, now)).isEqualTo(decision);
    switch (decision) {
      case JobDecision.Refused _ -> fencingHolds(before, command, true);
      case JobDecision.Accepted accepted -> {
        fencingHolds(before, command, accepted.events().isEmpty());
        apply(accepted.events());
      }
    }
    promisesHold();
    ticksHold();
  }

  private void apply(List<JobEvent> events) {
    for (JobEvent event : events) {
      long seqBefore = job.lastEventSeq();
      eventTypes.add(event.getClass().getSimpleName());
      history.add(event);
      stored.add(JobEventCodecTest.write(event));
      if (event instanceof JobEvent.Dispatched e) {
        dispatched.add(e.dispatch());
      }
      job = JobEvolution.evolve(job, event);
      assertThat(job.lastEventSeq()).isEqualTo(seqBefore + event.visibleCount());
      assertThat(event.atMicros()).isEqualTo(now).isEqualTo(job.updatedAtMicros());
    }
  }

  private void promisesHold() {
    List<JobEvent> read = stored.stream().map(JobEventCodecTest::read).toList();
    Admission again = AdmissionCodec.read(AdmissionCodec.write(admission));
    assertThat(JobEvolution.evolve(Job.created(job.jobNo(), again), read)).isEqualTo(job);

    long visible = history.stream().mapToLong(JobEvent::visibleCount).sum();
    long ends = history.stream().filter(RandomLife::isEnd).count();
    assertThat(job.lastEventSeq()).isEqualTo(visible);
    assertThat(ends).isEqualTo(job.isFinished() ? 1 : 0);
    JobEvent last =
        history.stream().filter(event -> !isReview(event)).reduce((_, b) -> b).orElseThrow();
    assertThat(isEnd(last)).isEqualTo(job.isFinished());
    assertThat(history.stream().filter(RandomLife::isReview).count()).isLessThanOrEqualTo(1);

    RunLimits limits = job.header().limits();
    assertThat(job.attempts()).isEqualTo(dispatched.size());
    assertThat(job.failures()).isLessThan(limits.retry().attemptsMax());
    assertThat(job.interruptions()).isLessThanOrEqualTo(JobDecider.INTERRUPTIONS_MAX);
    assertThat(job.throttleRounds()).isLessThanOrEqualTo(JobDecider.THROTTLE_ROUNDS_MAX);
    assertThat(job.attempts()).isBetween(0, job.failures() + job.interruptions() + 1);
    assertThat(dispatched).doesNotHaveDuplicates();
    assertThat(dispatched).extracting(DispatchId::jobNo).allMatch(no -> no == job.jobNo());
  }

  /// A due time in the future means that the clock changes nothing; one that is reached means that
  /// it does, and that the job is then not due any more.
  private void ticksHold() {
    JobDecision.Accepted tick =
        (JobDecision.Accepted) JobDecider.decide(job, new JobCommand.Tick(), now);
    boolean due = job.dueAtMicros() <= now;
    assertThat(tick.events().isEmpty()).isEqualTo(!due);
    assertThat(JobEvolution.evolve(job, tick.events()).dueAtMicros()).isGreaterThan(now);
    long deadline = job.header().limits().deadlineAtMicros();
    if (!job.isFinished() && deadline != 0) {
      assertThat(job.dueAtMicros()).isLessThanOrEqualTo(deadline);
    }
    if (job.isFinished()) {
      assertThat(job.dueAtMicros()).isEqualTo(Long.MAX_VALUE);
    }
  }

  /// Only a report that names the running attempt may change the job.
  private static void fencingHolds(Job before, JobCommand command, boolean nothingHappened) {
    RandomCommands.dispatchOf(command)
        .ifPresent(named -> {
          boolean current =
              before.state() instanceof JobState.Executing executing
                  && executing.dispatch().equals(named);
          assertThat(current || nothingHappened).isTrue();
        });
  }

  private void nothingCanFollow() {
    JobEvent any = values.event();
    if (isReview(any) && job.state() instanceof JobState.Quarantined) {
      return;
    }
    assertThatThrownBy(() -> JobEvolution.evolve(job, any))
        .isInstanceOf(IllegalStateException.class);
  }

  private void outcomeReadsBack() {
    assertThat(OutcomeCodec.read(job.jobNo(), admission, OutcomeCodec.write(job))).isEqualTo(job);
  }

  /// What a reviewer makes of a held output, which moves nothing.
  private static boolean isReview(JobEvent event) {
    return event instanceof JobEvent.HeldOutputReleased
        || event instanceof JobEvent.HeldOutputDeleted;
  }

  private static boolean isEnd(JobEvent event) {
    return switch (event) {
      case JobEvent.Completed _,
          JobEvent.Denied _,
          JobEvent.Quarantined _,
          JobEvent.Failed _,
          JobEvent.Cancelled _,
          JobEvent.TimedOut _ ->
          true;
      default -> false;
    };
  }
}
