/**
 * What texts are wished for, and the search that writes them.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.writing;

import org.jspecify.annotations.NullMarked;
