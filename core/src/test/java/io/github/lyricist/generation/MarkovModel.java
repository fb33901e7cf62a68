package io.github.lyricist.generation;

import io.github.lyricist.model.HiddenState;
import io.github.lyricist.model.RecurrentModel;
import io.github.lyricist.model.Session;
import org.mockito.Mockito;

/** Models that look at the last token alone. */
final class MarkovModel {
  /** After a comes b nine times in ten, after b comes c; c alone leads back to a. */
  static final double[][] ABC = {{0.05, 0.9, 0.05}, {0.01, 0.01, 0.98}, {0.9, 0.05, 0.05}};

  private MarkovModel() {}

  /**
   * A model.
   *
   * @param next {@code double[V][V]}: the probabilities of the tokens that follow each
   */
  static RecurrentModel of(double[][] next) {
    RecurrentModel model = Mockito.mock(RecurrentModel.class);
    Session session = Mockito.mock(Session.class);
    Mockito.when(model.vocabularySize()).thenReturn(next.length);
    Mockito.when(model.newSession(1)).thenReturn(session);
    Mockito.when(session.state()).thenReturn(Mockito.mock(HiddenState.class));
    Mockito.doAnswer(
            call -> {
              int[] ids = call.getArgument(0);
              float[] logits = call.getArgument(1);
              for (int b = 0; b < ids.length; b++) {
                for (int id = 0; id < next.length; id++) {
                  logits[next.length * b + id] = (float) Math.log(next[ids[b]][id]);
                }
              }
              return null;
            })
        .when(session)
        .next(Mockito.any(), Mockito.any());
    return model;
  }
}
