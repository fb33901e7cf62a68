/** What texts are wished for, and the search that writes them. */
@NullMarked
package io.github.lyricist.writing;

import org.jspecify.annotations.NullMarked;
