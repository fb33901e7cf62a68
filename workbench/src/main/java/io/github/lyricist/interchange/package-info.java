/**
 * Models of other programs: PyTorch's state dicts, made into ours.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.interchange;

import org.jspecify.annotations.NullMarked;
