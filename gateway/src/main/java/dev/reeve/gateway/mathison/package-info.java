/// The Mathison API, `mathison.MathisonService`: jobs that are run and waited for. A decoder, an
/// encoder, a status table and a problem table. Its memory and knowledge methods are not here yet.
///
/// Called by the gateway's chain; its handlers run on virtual threads.
@NullMarked
package dev.reeve.gateway.mathison;

import org.jspecify.annotations.NullMarked;
