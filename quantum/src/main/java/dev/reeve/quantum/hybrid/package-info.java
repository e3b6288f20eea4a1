/// Programs with parameters: circuits that are bound to values many times, and the minimizers that
/// look for the values which make an observable smallest. What a program means is decided by the
/// front ends, how a circuit is run by the simulators; nothing here draws anything but from a seed.
/// Called by the executors of jobs and the command line, on the thread that works.
@NullMarked
package dev.reeve.quantum.hybrid;

import org.jspecify.annotations.NullMarked;
