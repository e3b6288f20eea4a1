package dev.reeve.service.bus;

/// What the broker acknowledged.
///
/// @param stream where the message is kept
/// @param sequence its place there, from 1
/// @param duplicate whether it was kept before under the same id
public record PublishReceipt(String stream, long sequence, boolean duplicate) {}
