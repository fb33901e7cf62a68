package io.github.lyricist.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyTorchFailureTest {
  private static final String TO_DO =
      "; lower sampler.batchSize, sampler.steps or model.hidden, or end other programs";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 2100000000 bytes. Error code 12 (Cannot allocate memory) | PyTorch has no memory for an array of 2.10 GB
          CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.69 GiB of which 1.12 GiB is free. | PyTorch has no memory for an array of 2.00 GiB
          std::bad_alloc | PyTorch has no memory for its own work
          """)
  void outOfMemorySaysWhatWasAskedForAndWhatToDo(String message, String expected) {
    EngineException failure = new EngineException(message);
    assertThat(PyTorchFailure.of(failure)).hasMessage(expected + TO_DO).hasCause(failure);
  }

  @ParameterizedTest
  @CsvSource({"'size mismatch\nException raised from addmm', size mismatch", "'',''"})
  void anyOtherIsItsFirstLine(String message, String expected) {
    assertThat(PyTorchFailure.of(new EngineException(message)))
        .hasMessage("PyTorch failed: " + expected);
  }
}
