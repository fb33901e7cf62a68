package io.github.lyricist.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Guesses which key of the configuration a word means: a misspelt one, one of another section, or
 * what char-rnn, torch-rnn, textgenrnn, PyTorch's examples and DL4J call it.
 */
public final class MeantKey {
  /** Of each key, what others call it, in the form of {@link #plain}. */
  private static final Map<String, List<String>> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("seed", List.of("randomseed", "manualseed", "rngseed")),
          Map.entry("backend", List.of("engine", "framework")),
          Map.entry("device", List.of("gpu", "gpuid", "cuda", "usegpu")),
          Map.entry("threads", List.of("numthreads", "nthreads", "cores")),
          Map.entry(
              "corpus.source",
              List.of(
                  "file", "text", "textfile", "inputtxt", "data", "dataset", "datadir", "path")),
          Map.entry(
              "corpus.validation", List.of("valfrac", "validationsplit", "evalfrac", "valid")),
          Map.entry("sampler.batchSize", List.of("batch", "minibatchsize", "minibatch", "bsz")),
          Map.entry(
              "sampler.steps",
              List.of(
                  "seqlength",
                  "seqlen",
                  "sequencelength",
                  "bptt",
                  "blocksize",
                  "numsteps",
                  "nsteps",
                  "tbpttlength",
                  "timesteps",
                  "maxlength")),
          Map.entry(
              "model.cell", List.of("rnntype", "celltype", "rnn", "lstm", "gru", "modeltype")),
          Map.entry(
              "model.hidden",
              List.of(
                  "hiddensize",
                  "rnnsize",
                  "nhid",
                  "nhidden",
                  "numhidden",
                  "numhiddens",
                  "hiddenunits",
                  "numunits",
                  "units",
                  "layersize",
                  "lstmlayersize")),
          Map.entry(
              "model.layers", List.of("numlayers", "nlayers", "nlayer", "rnnlayers", "depth")),
          Map.entry(
              "model.embedding",
              List.of(
                  "embeddingsize",
                  "embeddingdim",
                  "embeddim",
                  "embedsize",
                  "embed",
                  "emsize",
                  "embsize",
                  "dimembeddings",
                  "wordvecsize")),
          Map.entry("model.tieWeights", List.of("tied", "tie", "tieembeddings", "tiedweights")),
          Map.entry("model.from", List.of("initfrom", "pretrained")),
          Map.entry("training.epochs", List.of("numepochs", "maxepochs", "nepochs", "epoch")),
          Map.entry(
              "training.clipNorm",
              List.of(
                  "clip", "gradclip", "clipgrad", "gradientclip", "maxgradnorm", "clipgradnorm")),
          Map.entry("training.earlyStop", List.of("earlystopping", "patience")),
          Map.entry("training.optimizer", List.of("opt", "optim", "updater")),
          Map.entry(
              "training.optimizer.learningRate",
              List.of("lr", "rate", "stepsize", "baselr", "eta")),
          Map.entry("training.optimizer.alpha", List.of("decayrate", "rmspropdecay")),
          Map.entry(
              "training.schedule.factor",
              List.of("learningratedecay", "lrdecay", "lrdecayfactor", "decayfactor", "gamma")),
          Map.entry("preview.every", List.of("sampleevery", "printevery", "genepochs")),
          Map.entry("preview.prefixes", List.of("prefix", "primetext", "prompt", "seedtext")),
          Map.entry(
              "checkpoint.every",
              List.of("saveevery", "checkpointevery", "evalvalevery", "evalinterval")));

  private MeantKey() {}

  /**
   * The dotted path of the key that is meant, if there is one.
   *
   * @param word as it was typed: {@code hidden_size}
   */
  public static Optional<String> of(String word) {
    String plain = plain(word);
    for (String path : ConfigKeys.of(ExperimentSpec.DEFAULT).keySet()) {
      if (plain(leaf(path)).equals(plain) || path.equals(word)) {
        return Optional.of(path);
      }
    }
    return OTHER_NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().contains(plain))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The key that is meant, as one would write it in a section: its name, or where it stands in
   * another, its path.
   *
   * @param section the dotted path of the section where the word stands; empty for the root
   * @param names the keys of the section
   */
  static Optional<String> in(String section, String word, Collection<String> names) {
    String inside = section.isEmpty() ? "" : section + ".";
    Optional<String> elsewhere =
        of(word)
            .map(path -> path.equals(inside + leaf(path)) ? leaf(path) : path)
            .filter(key -> !key.equals(leaf(key)) || names.contains(key));
    Optional<String> near = NearestName.of(word, names);
    return near.filter(name -> plain(name).equals(plain(word))).or(() -> elsewhere).or(() -> near);
  }

  private static String leaf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** A word without what spellings differ in: {@code --hidden_size} is {@code hiddensize}. */
  public static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
