/// Job specifications of Eigen OS: YAML files that name a program, a device and how to run it. Read
/// and checked here, and brought into one normalized form with a digest. Pure: no thread, file or
/// clock; called by the gateway and the command line, on whatever thread they like.
@NullMarked
package dev.reeve.quantum.jobspec;

import org.jspecify.annotations.NullMarked;
