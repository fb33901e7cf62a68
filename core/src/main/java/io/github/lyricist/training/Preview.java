package io.github.lyricist.training;

/**
 * A text that a model wrote while it was trained.
 *
 * @param epoch after which epoch, from 1
 * @param prefix what it was given to begin with
 * @param text what it wrote after the prefix
 */
public record Preview(int epoch, String prefix, String text) {}
