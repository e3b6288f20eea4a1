/// The product as its users meet it: the real server process, real databases, real sockets, and
/// clients made from reflection alone. Each test starts, kills and restarts its own servers. What a
/// part does by itself is tested in its own module.
@NullMarked
package dev.reeve.conformance.e2e;

import org.jspecify.annotations.NullMarked;
