/** A disk that fails, and what becomes of a run on it. */
package io.github.lyricist.consistency.disk;
