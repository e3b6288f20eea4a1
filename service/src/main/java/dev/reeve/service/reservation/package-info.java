/// Reservations of devices: a caller takes one of a device's slots for a time, so that jobs under
/// the reservation need not wait behind those of others.
///
/// A reserved slot is a queue of its own with an executor of its own; the device's common executor
/// has one credit less meanwhile. Called by the Eigen dialect, on any thread that may block.
@NullMarked
package dev.reeve.service.reservation;

import org.jspecify.annotations.NullMarked;
