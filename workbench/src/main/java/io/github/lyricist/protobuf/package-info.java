/**
 * Messages in the encoding of Protocol Buffers, as TensorBoard and ONNX read them.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.protobuf;

import org.jspecify.annotations.NullMarked;
