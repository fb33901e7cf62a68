/**
 * The training step as every engine takes it, and the epoch loop around it.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.training;

import org.jspecify.annotations.NullMarked;
