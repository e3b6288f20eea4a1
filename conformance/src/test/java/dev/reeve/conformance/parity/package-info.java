/// The same requests through every API, and the same verdict for each. One server, six ways in.
@NullMarked
package dev.reeve.conformance.parity;

import org.jspecify.annotations.NullMarked;
