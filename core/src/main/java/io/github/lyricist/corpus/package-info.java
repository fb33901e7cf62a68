/** Text as token ids: where it comes from, how it is decoded, and its vocabulary. */
@NullMarked
package io.github.lyricist.corpus;

import org.jspecify.annotations.NullMarked;
