/// `beamline.provider.v1`: a configured provider of models, called by its name. Translates; what is
/// decided about the call is decided where every call of a model is.
@NullMarked
package dev.reeve.gateway.provider;

import org.jspecify.annotations.NullMarked;
