/// Calls of models: the port to a provider, what it answers and costs, which provider is asked, and
/// what is asked instead when one fails.
///
/// The common form of a request and of an answer is the JSON of the OpenAI API; an adapter whose
/// provider speaks another one translates. What governance says of a call and of its answer is
/// decided by [dev.reeve.service.provider.CallModel], never by an adapter. Calls for whole answers
/// do not block, streams are read on virtual threads; everything is safe on any thread unless it
/// says otherwise.
@NullMarked
package dev.reeve.service.provider;

import org.jspecify.annotations.NullMarked;
