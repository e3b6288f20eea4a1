package dev.reeve.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// The part of an address that names a network rather than a machine: /24 of IPv4, /48 of IPv6.
/// Whoever owns a network counts once.
final class AddressPrefix {
  private static final int IPV4_BYTES_KEPT = 3;
  private static final int IPV6_BYTES_KEPT = 6;

  private AddressPrefix() {}

  /// @param address literal, as [InetAddress#getHostAddress] gives it; other text is given back
  static String of(String address) {
    InetAddress parsed;
    try {
      parsed = InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      return address;
    }
    byte[] bytes = parsed.getAddress();
    boolean isLong = parsed instanceof Inet6Address;
    int kept = isLong ? IPV6_BYTES_KEPT : IPV4_BYTES_KEPT;
    Arrays.fill(bytes, kept, bytes.length, (byte) 0);
    return address(bytes) + "/" + kept * Byte.SIZE;
  }

  private static String address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
