package io.github.lyricist.dl4j;

import static java.util.Objects.requireNonNull;

import io.github.lyricist.InvalidInputException;
import io.github.lyricist.bench.Workload;
import io.github.lyricist.model.Cell;
import io.github.lyricist.training.TrainingSpec;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A workload's model in DL4J's layers, in float32: EmbeddingSequenceLayer where there is an
 * embedding, SimpleRnn or LSTM, RnnOutputLayer with softmax cross-entropy, SGD.
 *
 * <p>What is other than in our engines: one-hot input is multiplied, not gathered. The gradient is
 * that of the loss summed over time, and clipped by the norm of each layer, since DL4J knows none
 * of all layers together. A gate has one bias, not two. Both recurrent layers compute the way
 * forward once more on the way back, which no setting of DL4J changes.
 */
final class Dl4jNetwork {
  private static final RNNFormat FORMAT = RNNFormat.NCW; // [B, features, T]

  private Dl4jNetwork() {}

  /**
   * Draws its parameters.
   *
   * @throws InvalidInputException if DL4J has no layer for its cell
   */
  static MultiLayerNetwork of(Workload workload) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(DataType.FLOAT)
            .updater(new Sgd(TrainingSpec.DEFAULT.optimizer().learningRate()))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(requireNonNull(TrainingSpec.DEFAULT.clipNorm()))
            .list();
    int width = workload.vocabularySize();
    Integer embedding = workload.embedding();
    if (embedding != null) {
      layers.layer(
          new EmbeddingSequenceLayer.Builder()
              .nIn(width)
              .nOut(embedding)
              .outputDataFormat(FORMAT)
              .build());
      width = embedding;
    }
    for (int layer = 0; layer < workload.layers(); layer++) {
      layers.layer(
          recurrent(workload.cell())
              .nIn(width)
              .nOut(workload.hidden())
              .activation(Activation.TANH)
              .dataFormat(FORMAT)
              .build());
      width = workload.hidden();
    }
    layers.layer(
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .nIn(width)
            .nOut(workload.vocabularySize())
            .activation(Activation.SOFTMAX)
            .dataFormat(FORMAT)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  private static BaseRecurrentLayer.Builder<?> recurrent(Cell cell) {
    if (cell.equals(Cell.RNN)) {
      return new SimpleRnn.Builder();
    }
    if (cell.equals(Cell.LSTM)) {
      return new LSTM.Builder();
    }
    throw InvalidInputException.at(cell.name(), "DL4J has no such layer", "it has rnn and lstm");
  }
}
