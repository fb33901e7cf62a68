/** The API of OpenAI's completions. */
@NullMarked
package io.github.lyricist.studio.openai;

import org.jspecify.annotations.NullMarked;
