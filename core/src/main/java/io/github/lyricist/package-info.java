/**
 * What every package needs: the two kinds of failure, the limits on untrusted input, and the
 * build's own name.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist;

import org.jspecify.annotations.NullMarked;
