/// The boundary firewall (CIF): what comes in is normalised, cleaned and looked at; what goes out
/// is rid of personal data and stopped when it holds a secret.
///
/// Pure functions over a JSON tree or a text, rules as data in a versioned pack. The gateway walks
/// its messages with them. Immutable and thread-safe, except
/// [dev.reeve.governance.cif.ClientRates].
@NullMarked
package dev.reeve.governance.cif;

import org.jspecify.annotations.NullMarked;
