/// Tests of the stores. One contract suite per port, run by every adapter and by the fake; faults
/// are real ones: full disks, killed processes, servers that go away.
@NullMarked
package dev.reeve.store;

import org.jspecify.annotations.NullMarked;
