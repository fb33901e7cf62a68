/**
 * An experiment as data: its spec, read from YAML with errors that name file, line, column and key,
 * and written back complete.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.config;

import org.jspecify.annotations.NullMarked;
