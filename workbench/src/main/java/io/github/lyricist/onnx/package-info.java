/** Models for other programs, in the Open Neural Network Exchange format. */
@NullMarked
package io.github.lyricist.onnx;

import org.jspecify.annotations.NullMarked;
