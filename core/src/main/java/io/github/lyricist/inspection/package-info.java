/** A look inside a model while it reads a text. */
@NullMarked
package io.github.lyricist.inspection;

import org.jspecify.annotations.NullMarked;
