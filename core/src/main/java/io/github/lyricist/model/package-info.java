/** What a recurrent language model is: its spec, its parameters, its hidden state. */
@NullMarked
package io.github.lyricist.model;

import org.jspecify.annotations.NullMarked;
