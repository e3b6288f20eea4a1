/// Tests of the Mathison API by a client of its own.
@NullMarked
package dev.reeve.gateway.mathison;

import org.jspecify.annotations.NullMarked;
