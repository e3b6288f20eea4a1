package dev.reeve.gateway.cap;

import dev.reeve.wire.cordum.agent.v1.ErrorCode;

/// Why a packet is not taken.
///
/// @param code of the contract's registry
/// @param message `field: value (expected: ...)`
public record PacketFault(ErrorCode code, String message) {
  static PacketFault malformed(String message) {
    return new PacketFault(ErrorCode.ERROR_CODE_PROTOCOL_MALFORMED_PACKET, message);
  }
}
