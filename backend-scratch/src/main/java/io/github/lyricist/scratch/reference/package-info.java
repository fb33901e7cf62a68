/**
 * The formulas as the papers write them, in plain loops, each forward and backward side by side.
 * Start with {@link io.github.lyricist.scratch.reference.ReferenceNetwork}.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.scratch.reference;

import org.jspecify.annotations.NullMarked;
