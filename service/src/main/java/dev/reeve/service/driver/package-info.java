/// Devices that a program outside of this process drives: how it is asked, when it is left alone,
/// what a run on it becomes, and how its answers are checked.
///
/// The wire is not known here: an adapter implements [DriverPort]. Asking blocks and belongs on a
/// virtual thread; everything is safe on any thread.
@NullMarked
package dev.reeve.service.driver;

import org.jspecify.annotations.NullMarked;
