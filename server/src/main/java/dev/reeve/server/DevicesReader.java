package dev.reeve.server;

import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.gateway.remote.BearerKey;
import dev.reeve.service.DeviceModels;
import dev.reeve.service.DeviceStanding;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Makes settings of the entries of `devices`. What is wrong is added to the problems.
final class DevicesReader {
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,32}:[a-z0-9._-]{1,64}");
  private static final String DRIVER = "driver";
  private static final String SIMULATOR = "simulator";
  private static final int SLOTS_MAX = 256;
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final Duration TIMEOUT_MAX = Duration.ofHours(24);
  private static final List<DeviceStanding> STANDINGS =
      List.of(
          DeviceStanding.ONLINE,
          DeviceStanding.OFFLINE,
          DeviceStanding.CALIBRATING,
          DeviceStanding.MAINTENANCE);

  private final List<String> problems;

  DevicesReader(List<String> problems) {
    this.problems = problems;
  }

  /// Whether a text can be the id of a device.
  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  List<DeviceSettings> read(List<NamedEntry> entries) {
    List<DeviceSettings> settings = new ArrayList<>();
    entries.forEach(entry -> read(entry).ifPresent(settings::add));
    return settings;
  }

  private Optional<DeviceSettings> read(NamedEntry entry) {
    int before = problems.size();
    boolean builtIn = DeviceModels.IDS.contains(entry.name());
    String kind = entry.text("kind").isEmpty() && builtIn ? SIMULATOR : entry.text("kind");
    if (!isId(entry.name())) {
      problems.add(
          entry.place()
              + ": devices: "
              + Text.quoteForMessage(entry.name())
              + " (expected: vendor:device in lower case)");
    } else if (!kind.equals(builtIn ? SIMULATOR : DRIVER)) {
      problem(
          entry,
          "kind",
          kind,
          builtIn ? SIMULATOR : DRIVER + ", or one of " + String.join(", ", DeviceModels.IDS));
    }
    Optional<DeviceSettings.Driver> driver =
        kind.equals(DRIVER) && !builtIn ? driver(entry) : Optional.empty();
    if (!kind.equals(DRIVER)) {
      for (String key : List.of("address", "tls", "tls_ca", "key_file", "remote_id", "timeout")) {
        if (!entry.text(key).isEmpty()) {
          problem(entry, key, entry.text(key), "nothing beside kind " + kind);
        }
      }
    }
    DeviceStanding standing = standing(entry);
    OptionalInt slots = slots(entry);
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(new DeviceSettings(entry.name(), standing, slots, driver));
  }

  private DeviceStanding standing(NamedEntry entry) {
    String text = entry.text("status");
    if (text.isEmpty()) {
      return DeviceStanding.ONLINE;
    }
    for (DeviceStanding standing : STANDINGS) {
      if (standing.word().equals(text.toLowerCase(Locale.ROOT))) {
        return standing;
      }
    }
    problem(
        entry,
        "status",
        text,
        String.join(", ", STANDINGS.stream().map(DeviceStanding::word).toList()));
    return DeviceStanding.OFFLINE;
  }

  private OptionalInt slots(NamedEntry entry) {
    String text = entry.text("slots");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!ConfigText.isWholeNumber(text, 1, SLOTS_MAX)) {
      problem(entry, "slots", text, "1 to " + SLOTS_MAX);
      return OptionalInt.empty();
    }
    if (entry.name().equals(DeviceModels.NOISY_ID)) {
      problem(entry, "slots", text, "nothing: it shares those of " + DeviceModels.LOCAL_ID);
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  private Optional<DeviceSettings.Driver> driver(NamedEntry entry) {
    if (entry.text("address").isEmpty()) {
      problem(entry, "address", "", "HOST:PORT of the driver");
      return Optional.empty();
    }
    ProviderEntry place =
        new ProviderEntry(
            entry.place(),
            Map.of(
                "address", entry.text("address"),
                "tls", entry.text("tls"),
                "tls_ca", entry.text("tls_ca")),
            List.of(),
            Map.of());
    String remote = entry.text("remote_id").isEmpty() ? entry.name() : entry.text("remote_id");
    Duration timeout = timeout(entry);
    Optional<BearerKey> shown = key(entry);
    return new RemoteReader(place, (key, value, expected) -> problem(entry, key, value, expected))
        .read()
        .flatMap(RemoteReader.Place::target)
        .map(target -> new DeviceSettings.Driver(target, remote, timeout, shown));
  }

  private Optional<BearerKey> key(NamedEntry entry) {
    String file = entry.text("key_file");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(BearerKey.read("key_file", Path.of(file)));
    } catch (ProblemException | InvalidPathException e) {
      problem(entry, "key_file", file, "a file with 16 to 1024 characters without blanks");
      return Optional.empty();
    }
  }

  private Duration timeout(NamedEntry entry) {
    String text = entry.text("timeout");
    Duration time = text.isEmpty() ? TIMEOUT : ConfigText.duration(text).orElse(Duration.ZERO);
    if (!time.isPositive() || time.compareTo(TIMEOUT_MAX) > 0) {
      problem(entry, "timeout", text, "1ms to 24h");
    }
    return time;
  }

  private void problem(NamedEntry entry, String key, String value, String expected) {
    problems.add(
        entry.place()
            + ": devices."
            + entry.name()
            + "."
            + key
            + ": "
            + (value.isEmpty() ? "missing" : Text.quoteForMessage(value))
            + " (expected: "
            + expected
            + ")");
  }
}
