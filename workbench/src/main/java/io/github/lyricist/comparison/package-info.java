/** Engines side by side on one experiment: how far apart they are, and how fast each is. */
@NullMarked
package io.github.lyricist.comparison;

import org.jspecify.annotations.NullMarked;
