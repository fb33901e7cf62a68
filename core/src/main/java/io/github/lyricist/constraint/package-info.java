/**
 * What a text must be, be it written by whatever search.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.constraint;

import org.jspecify.annotations.NullMarked;
