/** A run's numbers and texts as TensorBoard reads them. */
@NullMarked
package io.github.lyricist.tensorboard;

import org.jspecify.annotations.NullMarked;
