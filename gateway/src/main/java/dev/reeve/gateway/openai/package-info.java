/// The OpenAI API: models for any client of it, by the HTTP paths `/v1/...` and by
/// `reeve.v1.ModelService`, whose methods those paths are.
///
/// The HTTP side holds no rule and reaches no use case: it translates, and calls the governed
/// methods. Handlers run on event loops; streams are sent from virtual threads.
@NullMarked
package dev.reeve.gateway.openai;

import org.jspecify.annotations.NullMarked;
