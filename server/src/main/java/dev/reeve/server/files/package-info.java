/// What is known of files of the configuration without reading them. Called by all that watches
/// files, on any thread; holds nothing, and reads no content.
@NullMarked
package dev.reeve.server.files;

import org.jspecify.annotations.NullMarked;
