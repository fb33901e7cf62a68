/** How Chinese and English sound. */
@NullMarked
package io.github.lyricist.phonetics;

import org.jspecify.annotations.NullMarked;
