package dev.reeve.server.offline;

import dev.reeve.governance.cdi.ActionCheck;
import dev.reeve.governance.cif.BoundaryLimits;
import dev.reeve.governance.cif.BoundaryPack;
import dev.reeve.governance.cif.ClientRates;
import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One line of a batch of requests.
///
/// @param dialect short name of the API; may be empty
/// @param method full name of the method; empty when a station is named
/// @param client the caller's `client-id`; empty when there is none
/// @param metadata request metadata
/// @param request the request, or the input of the station
/// @param station the station to ask; empty for the whole gate
/// @param pack the rules, with the limits of the line
/// @param rate what one client may send; empty: nobody counts
/// @param standing consent, ceiling and strictness of the line
record GateLine(
    String dialect,
    String method,
    String client,
    Members metadata,
    JsonValue request,
    Optional<Station> station,
    BoundaryPack pack,
    Optional<ClientRates.Rate> rate,
    ActionCheck.Standing standing) {
  private static final BoundaryPack PACK = BoundaryPack.builtIn();

  /// Where a request stops.
  enum Station {
    ACTION("action"),
    CIF_INGRESS("cif.ingress"),
    CDI_ACTION("cdi.action"),
    CDI_OUTPUT("cdi.output"),
    CIF_EGRESS("cif.egress");

    private final String word;

    Station(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /// Reads a line.
  ///
  /// @throws IllegalArgumentException saying what is wrong
  static GateLine read(String line) {
    JsonValue json =
        JsonText.parse(line)
            .orElseThrow(() ->
                new IllegalArgumentException("not JSON (expected: one object, each member once)"));
    Members members =
        Members.of("", json)
            .allow(
                Set.of(
                    "dialect",
                    "method",
                    "client_id",
                    "metadata",
                    "request",
                    "station",
                    "config",
                    "setup"));
    Members metadata =
        members.members("metadata").orElseGet(() -> new Members("metadata.", Map.of()));
    Members config =
        members
            .members("config")
            .orElseGet(() -> new Members("config.", Map.of()))
            .allow(Set.of("max_request_size", "max_response_size", "rate_limit", "audit_log"));
    String client = members.text("client_id");
    String named = client.isEmpty() ? metadata.text("client-id") : client;
    return new GateLine(
        members.text("dialect"),
        members.text("method"),
        named,
        metadata,
        members.value("request").orElseGet(JsonValue.Absent::new),
        station(members),
        PACK.withLimits(limits(config)),
        rate(config, named),
        members.members("setup").map(GateSetup::standing).orElseGet(GateSetup::plain));
  }

  private static Optional<Station> station(Members members) {
    String word = members.text("station");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    for (Station station : Station.values()) {
      if (station != Station.ACTION && station.word().equals(word)) {
        return Optional.of(station);
      }
    }
    throw Members.wrong(
        "station",
        new JsonValue.Text(word),
        "cif.ingress, cdi.action, cdi.output, cif.egress, or none for the whole gate");
  }

  private static BoundaryLimits limits(Members config) {
    BoundaryLimits limits = PACK.limits();
    long request = config.number("max_request_size").orElse(limits.requestChars());
    long response = config.number("max_response_size").orElse(limits.responseChars());
    return limits.withSizes(request, response);
  }

  /// Without a client there is nobody to count, unless the line says how.
  private static Optional<ClientRates.Rate> rate(Members config, String client) {
    Optional<Members> rate = config.members("rate_limit");
    if (rate.isEmpty()) {
      return client.isEmpty() ? Optional.empty() : Optional.of(ClientRates.Rate.DEFAULT);
    }
    Members given = rate.get().allow(Set.of("window_ms", "max_requests"));
    ClientRates.Rate standard = ClientRates.Rate.DEFAULT;
    return Optional.of(
        new ClientRates.Rate(
            given.number("window_ms").orElse(standard.windowMillis()),
            Math.toIntExact(given.number("max_requests").orElse(standard.maxRequests()))));
  }
}
