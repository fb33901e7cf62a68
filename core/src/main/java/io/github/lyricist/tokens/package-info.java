/** Text as token ids and back. */
@NullMarked
package io.github.lyricist.tokens;

import org.jspecify.annotations.NullMarked;
