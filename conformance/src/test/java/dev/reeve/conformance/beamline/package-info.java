/// BeamLine workers as processes of their own, on a real broker.
@NullMarked
package dev.reeve.conformance.beamline;

import org.jspecify.annotations.NullMarked;
