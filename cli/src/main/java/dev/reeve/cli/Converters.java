package dev.reeve.cli;

import dev.reeve.base.Ids;
import dev.reeve.cli.client.Durations;
import dev.reeve.cli.worker.WorkerSettings;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.JobState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Values of options. The message of a refusal says what was expected; the place that prints it
/// adds the option and the value.
final class Converters {
  private Converters() {}

  /// A duration longer than nothing.
  static final class Span implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text)
          .filter(span -> span.compareTo(Duration.ZERO) > 0)
          .orElseThrow(() -> new TypeConversionException(Durations.SHAPE));
    }
  }

  /// A whole number from 1 to a limit.
  abstract static class UpTo implements ITypeConverter<Integer> {
    private final int most;

    UpTo(int most) {
      this.most = most;
    }

    @Override
    public Integer convert(String text) {
      if (!text.matches("[1-9][0-9]{0,8}") || Integer.parseInt(text) > most) {
        throw new TypeConversionException("a whole number from 1 to " + most);
      }
      return Integer.valueOf(text);
    }
  }

  /// How many attempts a job may have.
  static final class Attempts extends UpTo {
    Attempts() {
      super(100);
    }
  }

  /// How many jobs a worker may run at once.
  static final class Concurrency extends UpTo {
    Concurrency() {
      super(WorkerSettings.CONCURRENCY_MAX);
    }
  }

  /// How many rows a list may have.
  static final class Limit extends UpTo {
    Limit() {
      super(100_000);
    }
  }

  /// How often a circuit may run; the device has its own limit.
  static final class Shots extends UpTo {
    Shots() {
      super(999_999_999);
    }
  }

  /// A whole number from 0 up.
  static final class Sequence implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      if (!text.matches("[0-9]{1,18}")) {
        throw new TypeConversionException("a whole number from 0 up");
      }
      return Long.valueOf(text);
    }
  }

  /// A whole number of either sign, within 64 bits.
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("a whole number within 64 bits");
      }
    }
  }

  /// An id of a job, given or made by the server.
  static final class JobId implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!Ids.isGiven(text)) {
        throw new TypeConversionException("a job id: " + Ids.GIVEN_SHAPE);
      }
      return text;
    }
  }

  /// `KEY=VALUE`; the value may be empty and may hold further equals signs.
  static final class Pair implements ITypeConverter<Map.Entry<String, String>> {
    @Override
    public Map.Entry<String, String> convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException("KEY=VALUE");
      }
      return Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  /// A state by its name, in any case.
  static final class State implements ITypeConverter<JobState> {
    @Override
    public JobState convert(String text) {
      String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
      return JobState.valueOf("JOB_STATE_" + oneOf(name, Words.stateNames()));
    }
  }

  /// A dialect by its name.
  static final class DialectName implements ITypeConverter<Dialect> {
    @Override
    public Dialect convert(String text) {
      String name = oneOf(text.toLowerCase(Locale.ROOT), Words.dialectNames());
      return Dialect.valueOf("DIALECT_" + name.toUpperCase(Locale.ROOT));
    }
  }

  private static String oneOf(String name, List<String> names) {
    if (names.contains(name)) {
      return name;
    }
    throw new TypeConversionException("one of " + String.join(", ", names));
  }
}
