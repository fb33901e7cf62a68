/**
 * Engines side by side on one experiment: how far apart they are, and how fast each is.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.comparison;

import org.jspecify.annotations.NullMarked;
