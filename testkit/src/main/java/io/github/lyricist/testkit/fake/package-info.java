/**
 * The least that an engine must do: it predicts every character alike, and learns nothing.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.testkit.fake;

import org.jspecify.annotations.NullMarked;
