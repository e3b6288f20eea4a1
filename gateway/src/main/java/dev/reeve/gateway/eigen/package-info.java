/// The Eigen dialect under all its names: the public services of `eigen_api.v1` and `eigen.api.v1`,
/// and the four names of the kernel gateway for the internal listener. One decoder and one encoder
/// work on neutral records; what differs between the names is data ([EigenProfile]) or the codec of
/// a package. Called by the gateway; reads of results block, everything else runs inline.
@NullMarked
package dev.reeve.gateway.eigen;

import org.jspecify.annotations.NullMarked;
