/// Deciders outside of this process that are asked after our own: how they are asked, what their
/// answer does to ours, and what holds while they do not answer.
///
/// The wire is not known here: an adapter implements the two ports, [PolicyDecider] and
/// [OutputDecider]. Asking blocks and belongs on a virtual thread; everything is safe on any
/// thread.
@NullMarked
package dev.reeve.service.decider;

import org.jspecify.annotations.NullMarked;
