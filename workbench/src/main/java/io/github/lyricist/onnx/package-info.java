/**
 * Models for other programs, in the Open Neural Network Exchange format.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.onnx;

import org.jspecify.annotations.NullMarked;
