/** Texts to learn from: where they come from, how they are decoded, and their token ids. */
@NullMarked
package io.github.lyricist.corpus;

import org.jspecify.annotations.NullMarked;
