/// The routing table: which provider the router must choose, and why, written from the contract of
/// the router, and the runner that asks `reeve route`. The cases are data, in the resources folder
/// `routing`, whose README explains their form. Runs in one process on the test's thread.
@NullMarked
package dev.reeve.conformance.routing;

import org.jspecify.annotations.NullMarked;
