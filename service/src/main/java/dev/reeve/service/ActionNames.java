package dev.reeve.service;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The names by which capabilities of a genome may speak of a registered action.
public final class ActionNames {
  private static final String PREFIX = "action:";

  /// Names of the Mathison contract that its ids do not give.
  private static final Map<String, List<String>> CONTRACT =
      Map.of(
          "action:memory:create",
          List.of("memory_create_node", "memory_node_create", "MEMORY_NODE_CREATE"),
          "action:memory:read",
          List.of("memory_read_node"),
          "action:job:submit",
          List.of("job_run", "JOB_RUN"));

  /// The ids of the Mathison contract: a token is minted for these and for ours.
  public static final Set<String> CONTRACT_IDS =
      Set.of(
          "action:read:genome",
          "action:read:treaty",
          "action:read:config",
          "action:read:health",
          "action:read:receipts",
          "action:write:adapter_config",
          "action:write:receipt",
          "action:write:storage",
          "action:governance:validate",
          "action:governance:seal_storage",
          "action:governance:mint_token",
          "action:http:handle_request",
          "action:knowledge:ingest",
          "action:knowledge:read_claim",
          "action:knowledge:read_conflicts",
          "action:knowledge:fetch_chunk",
          "action:job:run",
          "action:job:resume",
          "action:job:status",
          "action:job:stream_status",
          "action:oi:interpret",
          "action:memory:create",
          "action:memory:create_edge",
          "action:memory:create_hyperedge",
          "action:memory:update",
          "action:memory:read",
          "action:memory:search",
          "action:memory:read_edges",
          "action:memory:read_hyperedges",
          "action:health:check");

  private ActionNames() {}

  /// Every name of an action: its id, `area_verb` in both cases, and those of the contract.
  public static List<String> of(String actionId) {
    Set<String> names = new LinkedHashSet<>();
    names.add(actionId);
    if (actionId.startsWith(PREFIX)) {
      String plain = actionId.substring(PREFIX.length()).replace(':', '_');
      names.add(plain);
      names.add(plain.toUpperCase(Locale.ROOT));
    }
    names.addAll(CONTRACT.getOrDefault(actionId, List.of()));
    return List.copyOf(names);
  }
}
