/** What a text of a given form is: lines, syllables, rhymes. */
@NullMarked
package io.github.lyricist.verse;

import org.jspecify.annotations.NullMarked;
