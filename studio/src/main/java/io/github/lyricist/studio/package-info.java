/**
 * A page to write on, look inside, and train from.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.studio;

import org.jspecify.annotations.NullMarked;
