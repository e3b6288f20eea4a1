/// Tests of BeamLine workers: their messages, and workers of the test's own on a bus in this
/// process.
@NullMarked
package dev.reeve.gateway.beamline.worker;

import org.jspecify.annotations.NullMarked;
