package io.github.lyricist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunFailedExceptionTest {
  private static String reason(IOException e) {
    RunFailedException failure = RunFailedException.writing(Path.of("r", "f"), e);
    assertThat(failure).hasCause(e);
    return String.valueOf(failure.getMessage()).replaceFirst("^r/f: writing failed: ", "");
  }

  @Test
  void itSaysInWordsWhatTheFileSystemSaysWithAPathAlone() {
    assertThat(reason(new NoSuchFileException("r/.f.0.tmp")))
        .isEqualTo("there is no such file or folder");
    assertThat(reason(new AccessDeniedException("r/.f.0.tmp"))).isEqualTo("permission denied");
    assertThat(reason(new FileSystemLoopException("r/f"))).isEqualTo("FileSystemLoopException");
  }

  @Test
  void theSystemsOwnReasonStandsAlone() {
    assertThat(reason(new FileSystemException("r/.f.0.tmp", "r/f", "Is a directory")))
        .isEqualTo("Is a directory");
    assertThat(reason(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(reason(new IOException())).isEqualTo("IOException");
    assertThat(RunFailedException.reading("standard input", new IOException("broken")))
        .hasMessage("standard input: reading failed: broken");
  }
}
