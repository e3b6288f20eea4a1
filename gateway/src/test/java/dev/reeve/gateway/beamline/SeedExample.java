package dev.reeve.gateway.beamline;

/// The request that is published with the protocol, byte for byte.
final class SeedExample {
  static final String REQUEST =
      """
      {
        "message": {
          "message_id": "msg_1234567890",
          "tenant_id": "tenant_abc123",
          "trace_id": "trace_abc123",
          "message_type": "chat",
          "payload": "{\\"text\\": \\"Hello, world!\\"}",
          "metadata": {"source": "gateway"},
          "timestamp_ms": 1704067200000,
          "run_id": "run_abc123",
          "flow_id": "flow_xyz789",
          "step_id": "step_012345",
          "idempotency_key": "idem_key_345",
          "span_id": "span_678901"
        },
        "policy_id": "default",
        "context": {"user_id": "user_123"},
        "idempotency_key": "request_idem_key_456"
      }
      """;

  private SeedExample() {}
}
