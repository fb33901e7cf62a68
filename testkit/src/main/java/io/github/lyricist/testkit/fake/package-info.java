/** The least that an engine must do: it predicts every character alike, and learns nothing. */
@NullMarked
package io.github.lyricist.testkit.fake;

import org.jspecify.annotations.NullMarked;
