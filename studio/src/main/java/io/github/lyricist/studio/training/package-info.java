/**
 * Training in this process, watched as it goes.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.studio.training;

import org.jspecify.annotations.NullMarked;
