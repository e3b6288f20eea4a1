/// Tests of `reeve.v1` by a client of its own.
@NullMarked
package dev.reeve.gateway.reeve;

import org.jspecify.annotations.NullMarked;
