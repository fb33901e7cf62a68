/**
 * Texts to learn from: where they come from, how they are decoded, and their token ids.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.corpus;

import org.jspecify.annotations.NullMarked;
