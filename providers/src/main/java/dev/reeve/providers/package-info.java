/// Adapters to model APIs: OpenAI and whatever speaks its protocol over HTTP, Anthropic through a
/// library, and what they share, such as keys, retries and health.
///
/// Governance, routing and receipts are not here: an adapter translates, calls and names failures.
/// Made by the composition root. Calls for whole answers block nobody; streams are opened and read
/// on virtual threads.
@NullMarked
package dev.reeve.providers;

import org.jspecify.annotations.NullMarked;
