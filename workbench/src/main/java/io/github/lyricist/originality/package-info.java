/**
 * How much of a text stands in another one.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.originality;

import org.jspecify.annotations.NullMarked;
