/** The commands: they parse, call core, and print. */
@NullMarked
package io.github.lyricist.cli;

import org.jspecify.annotations.NullMarked;
