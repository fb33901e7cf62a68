/**
 * What a recurrent language model is: its spec, its parameters, its hidden state.
 *
 * <p>API: what changes is named in the changelog.
 */
@NullMarked
package io.github.lyricist.model;

import org.jspecify.annotations.NullMarked;
