/**
 * Text as token ids and back.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.tokens;

import org.jspecify.annotations.NullMarked;
