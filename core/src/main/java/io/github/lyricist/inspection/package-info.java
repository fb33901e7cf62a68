/**
 * A look inside a model while it reads a text.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.inspection;

import org.jspecify.annotations.NullMarked;
