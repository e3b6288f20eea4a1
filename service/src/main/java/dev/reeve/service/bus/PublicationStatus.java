package dev.reeve.service.bus;

/// How far publication has come.
///
/// @param position every event up to this commit was acknowledged by the broker
/// @param behind commits that are not published yet
/// @param published messages acknowledged since the start
/// @param failures attempts that were not acknowledged
/// @param skipped messages that no broker will ever take
public record PublicationStatus(
    long position, long behind, long published, long failures, long skipped) {}
