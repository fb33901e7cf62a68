/**
 * The API of OpenAI's completions.
 *
 * <p>Internal: may change with any version.
 */
@NullMarked
package io.github.lyricist.studio.openai;

import org.jspecify.annotations.NullMarked;
