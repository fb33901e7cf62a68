/** A page to write on, look inside, and train from. */
@NullMarked
package io.github.lyricist.studio;

import org.jspecify.annotations.NullMarked;
