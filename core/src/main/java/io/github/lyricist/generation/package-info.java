/** New text out of a model, one character at a time. */
@NullMarked
package io.github.lyricist.generation;

import org.jspecify.annotations.NullMarked;
