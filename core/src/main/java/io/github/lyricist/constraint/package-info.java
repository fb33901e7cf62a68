/** What a text must be, be it written by whatever search. */
@NullMarked
package io.github.lyricist.constraint;

import org.jspecify.annotations.NullMarked;
