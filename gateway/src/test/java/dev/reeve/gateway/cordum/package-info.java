/// Tests of the Cordum API by a client of its own.
@NullMarked
package dev.reeve.gateway.cordum;

import org.jspecify.annotations.NullMarked;
