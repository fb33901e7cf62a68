/** Models of other programs: PyTorch's state dicts, made into ours. */
@NullMarked
package io.github.lyricist.interchange;

import org.jspecify.annotations.NullMarked;
