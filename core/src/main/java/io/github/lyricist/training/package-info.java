/** The training step as every engine takes it, and the epoch loop around it. */
@NullMarked
package io.github.lyricist.training;

import org.jspecify.annotations.NullMarked;
