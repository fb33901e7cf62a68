package io.github.lyricist.verse;

/**
 * How a word sounds, as far as verse needs it.
 *
 * @param syllables how many it has
 * @param rhyme what words have in common that rhyme; empty where that is not known
 */
public record Sound(int syllables, String rhyme) {}
