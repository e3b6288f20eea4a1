/// Tests of the gateway over real sockets, and the fixture that they share.
@NullMarked
package dev.reeve.gateway;

import org.jspecify.annotations.NullMarked;
