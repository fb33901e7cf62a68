/**
 * The engine in plain Java, twice: as readable loops ({@code reference}) and as fast kernels
 * ({@code scratch}).
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.scratch;

import org.jspecify.annotations.NullMarked;
