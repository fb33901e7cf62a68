/**
 * The commands: they parse, call core, and print.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.cli;

import org.jspecify.annotations.NullMarked;
