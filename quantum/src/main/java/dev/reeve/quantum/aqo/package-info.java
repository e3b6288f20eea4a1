/// AQO, the compiled form in which Eigen OS passes circuits on: its model, its canonical JSON and
/// the reader of that, and the way from and to the circuit model. The Protobuf form is made where
/// generated classes may be used. Pure: no thread, file or clock; called by `service`, the gateway
/// and the offline commands, on whatever thread they like.
@NullMarked
package dev.reeve.quantum.aqo;

import org.jspecify.annotations.NullMarked;
