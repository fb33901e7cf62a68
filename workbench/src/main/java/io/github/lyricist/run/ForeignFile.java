package io.github.lyricist.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people give in place of a safetensors file, told by how it begins. */
enum ForeignFile {
  GIT_LFS_POINTER(
      "a pointer of Git LFS to the file, not the file itself",
      "fetch it with git lfs pull",
      "version https://git-lfs"),
  WEB_PAGE(
      "a web page, not the file itself",
      "download the file anew, from a link that leads to it",
      "<!doctype",
      "<html",
      "<?xml"),
  PICKLE(
      "what torch.save writes, pickled Python, which is not read: it may hold any program",
      "write model.state_dict() with safetensors.torch.save_file and give that file",
      "pk\3\4",
      "\u0080\2",
      "\u0080\3",
      "\u0080\4",
      "\u0080\5"),
  HDF5(
      "an HDF5 file, as Keras writes them, which is not read",
      "give a safetensors file",
      "\u0089hdf");

  /** How many bytes tell. */
  static final int BYTES = 32;

  private final String what;
  private final String whatToDo;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> beginnings; // in lower case

  ForeignFile(String what, String whatToDo, String... beginnings) {
    this.what = what;
    this.whatToDo = whatToDo;
    this.beginnings = List.of(beginnings);
  }

  /**
   * The one that begins so.
   *
   * @param beginning the first bytes of a file that is no safetensors file
   */
  static Optional<ForeignFile> of(byte[] beginning) {
    String text = new String(beginning, ISO_8859_1).toLowerCase(Locale.ROOT).stripLeading();
    return Arrays.stream(values())
        .filter(kind -> kind.beginnings.stream().anyMatch(text::startsWith))
        .findFirst();
  }

  /** In words that fit after "this is". */
  String what() {
    return what;
  }

  /** The advice to who gave it. */
  String whatToDo() {
    return whatToDo;
  }
}
