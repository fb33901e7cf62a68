/**
 * A run's numbers and texts as TensorBoard reads them.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.tensorboard;

import org.jspecify.annotations.NullMarked;
