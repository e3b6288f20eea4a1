/// The circuit model that every part of the quantum domain shares: gates, operations with
/// structured control flow, registers, metrics, devices as data. The OpenQASM front end is
/// `dev.reeve.quantum.qasm`, the simulators are `dev.reeve.quantum.simulator`. Pure: no thread,
/// file or clock; called by `service` and the offline commands, on whatever thread they like.
@NullMarked
package dev.reeve.quantum;

import org.jspecify.annotations.NullMarked;
