/// `dev/crash`: the real server is killed, starved and cut off from its database while clients work
/// with it, and what it promised is then checked from outside, by its public API alone. A
/// [Rig][dev.reeve.conformance.crash.Rig] is the server under test, a
/// [Load][dev.reeve.conformance.crash.Load] the clients, the
/// [Diary][dev.reeve.conformance.crash.Diary] what they were told, and the
/// [Inspection][dev.reeve.conformance.crash.Inspection] holds the server to it.
@NullMarked
package dev.reeve.conformance.crash;

import org.jspecify.annotations.NullMarked;
