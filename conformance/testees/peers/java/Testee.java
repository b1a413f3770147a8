import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A testee for Java's readers: Testee razorvine VERSION, or Testee jpmml VERSION. */
public class Testee {
  interface Loader {
    Object load(File file) throws Exception;
  }

  /** What a testee does not write as a tagged value, though the library may hold it. */
  static class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unfit(String word) {
      super(word);
    }
  }

  private static final String[][] CODECS = {
    {"1f8b", "gzip"}, {"425a68", "bz2"}, {"fd377a58", "xz"}, {"5d00", "lzma"},
    {"04224d18", "lz4"}, {"28b52ffd", "zstd"}, {"5a46", "zf"}, {"934e554d", "npy"}
  };

  static String codecOf(byte[] data) {
    if (data.length > 1 && (data[0] & 15) == 8 && (data[0] & 255) <= 0x78
        && ((data[0] & 255) * 256 + (data[1] & 255)) % 31 == 0) {
      return "zlib";
    }
    StringBuilder head = new StringBuilder();
    for (int at = 0; at < Math.min(4, data.length); at++) {
      head.append(String.format("%02x", data[at]));
    }
    for (String[] row : CODECS) {
      if (head.indexOf(row[0]) == 0) {
        return row[1];
      }
    }
    return null;
  }

  static String load(Loader loader, Tags tags, String path, String codecs) {
    try {
      String codec = codecOf(Files.readAllBytes(Path.of(path)));
      if (codec != null && !codecs.contains("\"" + codec + "\"")) {
        return "\"skipped\":" + Tags.quoted(codec);
      }
      return "\"value\":" + tags.written(loader.load(new File(path)));
    } catch (Unfit unfit) {
      return "\"skipped\":" + Tags.quoted(unfit.getMessage());
    } catch (Exception | StackOverflowError error) {
      return "\"error\":{\"status\":" + Tags.quoted(String.valueOf(error))
          + ",\"offset\":null,\"file_offset\":null}";
    }
  }

  public static void main(String[] words) throws Exception {
    boolean joblib = words[0].equals("jpmml");
    Loader loader = joblib ? Jpmml.loader() : new Razorvine();
    Tags tags = joblib ? new Jpmml() : new Tags();
    String codecs = joblib ? Jpmml.CODECS : "[]";
    String hello = "{\"name\":" + Tags.quoted(joblib ? "pmml-python" : "razorvine pickle")
        + ",\"version\":" + Tags.quoted(words[1]) + ",\"level\":" + (joblib ? 2 : 1)
        + ",\"operations\":[\"load\"],\"capabilities\":" + codecs
        + ",\"lacks\":" + (joblib ? Jpmml.LACKS : Razorvine.LACKS) + "}";
    PrintStream out = System.out;
    System.setOut(System.err);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] request = line.split("\t");
      out.println(request[0].equals("hello 1") ? hello : "{\"id\":" + Tags.quoted(request[0]) + ","
          + load(loader, tags, request[2], codecs) + "}");
      out.flush();
    }
  }
}
