package io.github.lyricist.studio.openai;

/**
 * How many tokens an answer took.
 *
 * @param prompt of all prompts
 * @param completion of all texts
 */
record Usage(int prompt, int completion) {}
