import java.io.File;
import java.nio.file.Files;
import net.razorvine.pickle.Unpickler;

/** The library net.razorvine:pickle as it comes. */
class Razorvine implements Testee.Loader {
  static final String LACKS = "[\"identity\",\"order\",\"set-order\",\"frozenset\",\"bytearray\","
      + "\"py2str-text\",\"objects\"]";

  @Override
  public Object load(File file) throws Exception {
    return new Unpickler().loads(Files.readAllBytes(file.toPath()));
  }
}
