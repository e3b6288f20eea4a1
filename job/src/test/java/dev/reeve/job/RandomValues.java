package dev.reeve.job;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Random events, admissions and the values in them, odd ones on purpose.
final class RandomValues {
  private static final List<String> ODD =
      List.of("", " ", "\"", "\\", "\n\t\u0000\u001f", "\u00e9", "\uD834\uDD1E", "\uFFFF", "null");

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  String text() {
    if (random.nextInt(3) == 0) {
      return ODD.get(random.nextInt(ODD.size()));
    }
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(random.nextBoolean() ? 0x7F : 0x110000);
      boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
      text.appendCodePoint(surrogate ? '?' : point);
    }
    return text.toString();
  }

  String name() {
    return "n" + text();
  }

  /// Not negative, at most what can be stored, often near a bound.
  long micros() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> CanonicalWriter.INTEGER_MAX - random.nextInt(2);
      default -> random.nextLong(CanonicalWriter.INTEGER_MAX);
    };
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      texts.add(text());
    }
    return texts;
  }

  Map<String, String> map() {
    Map<String, String> map = new HashMap<>();
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      map.put(text(), text());
    }
    return map;
  }

  Content content() {
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    return new Content(text(), micros(), Bytes.wrap(digest));
  }

  Progress progress() {
    return random.nextInt(4) == 0
        ? Progress.NONE
        : new Progress(text(), random.nextInt(Progress.WHOLE + 1), text());
  }

  JobEvent event() {
    long at = micros();
    return switch (random.nextInt(24)) {
      case 0 -> new JobEvent.Waiting(at, texts());
      case 1 -> new JobEvent.Held(at, micros(), texts());
      case 2 -> new JobEvent.Approved(at, text(), text());
      case 3 -> new JobEvent.ParentCompleted(at, text());
      case 4 -> new JobEvent.Throttled(at, micros(), text());
      case 5 -> new JobEvent.CompileStarted(at);
      case 6 -> new JobEvent.Queued(at, micros(), text());
      case 7 ->
          new JobEvent.Dispatched(
              at, new DispatchId(micros(), micros(), random.nextInt(Integer.MAX_VALUE)), text());
      case 8 -> new JobEvent.Started(at);
      case 9 -> new JobEvent.Progressed(at, progress());
      case 10 -> new JobEvent.Heartbeat(at, 1 + random.nextInt(1_000), progress());
      case 11 -> new JobEvent.AttemptFailed(at, text(), text());
      case 12 -> new JobEvent.Interrupted(at, text());
      case 13 -> new JobEvent.ReviewStarted(at, content());
      case 14 -> new JobEvent.Completed(at, content());
      case 15 -> new JobEvent.Denied(at, text(), text());
      case 16 -> new JobEvent.Quarantined(at, text(), text(), content());
      case 17 ->
          new JobEvent.Failed(at, text(), text(), random.nextBoolean(), random.nextBoolean());
      case 18 -> new JobEvent.Cancelled(at, text(), text());
      case 19 -> new JobEvent.HeldOutputReleased(at, text(), text());
      case 20 -> new JobEvent.HeldOutputDeleted(at, text(), text());
      case 21 -> new JobEvent.ApprovalGiven(at, text(), text(), random.nextInt(3));
      case 22 -> new JobEvent.Judged(at, verdict(), grant());
      default -> new JobEvent.TimedOut(at, text(), text());
    };
  }

  Admission admission() {
    List<String> parents = texts();
    return admission(
        verdict(),
        new Placement(name(), text(), random.nextInt(101), parents),
        new RunLimits(micros(), micros(), retry(), random.nextBoolean()));
  }

  Admission admission(Verdict verdict, Placement placement, RunLimits limits) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    JobSpec spec =
        new JobSpec(
            new JobKey(name(), name()),
            text(),
            new Origin(text(), text(), text(), text()),
            new Work(text(), text(), text(), texts(), texts(), map(), map(), map(), claims()),
            placement,
            limits,
            content(),
            micros());
    return new Admission(spec, verdict, Bytes.wrap(salt), grant(), texts());
  }

  Claims claims() {
    return random.nextBoolean() ? Claims.NONE : new Claims(text(), text(), text());
  }

  Grant grant() {
    return random.nextBoolean()
        ? Grant.NONE
        : new Grant(
            micros(),
            random.nextInt(5),
            micros(),
            random.nextInt(5),
            random.nextInt(3),
            text(),
            random.nextInt(3));
  }

  Verdict verdict() {
    Verdict.Decision[] all = Verdict.Decision.values();
    return new Verdict(all[random.nextInt(all.length)], text(), text(), text());
  }

  RetryPolicy retry() {
    if (random.nextBoolean()) {
      return RetryPolicy.DEFAULT;
    }
    long most = random.nextLong(RetryPolicy.DELAY_MAX_MICROS + 1);
    return new RetryPolicy(
        1 + random.nextInt(RetryPolicy.ATTEMPTS_MAX),
        random.nextLong(most + 1),
        most,
        random.nextBoolean() ? 0 : random.nextLong(RetryPolicy.DELAY_MAX_MICROS + 1));
  }

  JobState terminalState() {
    return switch (random.nextInt(6)) {
      case 0 -> new JobState.Completed(content());
      case 1 -> new JobState.Denied(text(), text());
      case 2 ->
          new JobState.Quarantined(
              text(),
              text(),
              content(),
              random.nextBoolean() ? JobState.HeldOutput.HELD : JobState.HeldOutput.DELETED);
      case 3 -> new JobState.Failed(text(), text(), random.nextBoolean(), random.nextBoolean());
      case 4 -> new JobState.Cancelled(text(), text());
      default -> new JobState.TimedOut(text(), text());
    };
  }

  Job finishedJob(Admission admission) {
    return new Job(
        1 + random.nextInt(1_000_000),
        JobHeader.of(admission.spec()),
        admission.verdict(),
        admission.grant(),
        terminalState(),
        random.nextInt(200),
        random.nextInt(200),
        random.nextInt(17),
        random.nextInt(101),
        1 + random.nextInt(100_000),
        random.nextInt(10_001),
        progress(),
        micros());
  }

  <T> Set<T> some(List<T> all) {
    return Set.copyOf(all.stream().filter(_ -> random.nextBoolean()).toList());
  }
}
