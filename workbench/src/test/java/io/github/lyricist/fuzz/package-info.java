/** Every reader of files, given what nobody would write: it reads, or it refuses in one line. */
@NullMarked
package io.github.lyricist.fuzz;

import org.jspecify.annotations.NullMarked;
