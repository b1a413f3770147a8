import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import joblib.NDArrayWrapper;
import numpy.DType;
import numpy.core.Complex;
import numpy.core.NDArray;
import numpy.core.Scalar;
import org.jpmml.python.JoblibUnpickler;
import org.jpmml.python.PickleUtil;
import org.jpmml.python.Storage;
import org.jpmml.python.StorageUtil;

/** The library org.jpmml:pmml-python: joblib's arrays besides what Tags writes. */
class Jpmml extends Tags {
  static final String CODECS = "[\"zlib\",\"zf\",\"companions\"]";
  static final String LACKS = "[\"identity\",\"order\",\"set-order\",\"frozenset\",\"bytearray\","
      + "\"py2str-text\",\"byte-order\",\"matrix\",\"objects\"]";

  /** Arrays in files of their own are read when they are asked for. */
  private static Storage last;

  static Testee.Loader loader() {
    PickleUtil.init(Jpmml.class.getClassLoader(), "python2pmml.properties");
    return file -> {
      if (last != null) {
        last.close();
      }
      last = StorageUtil.createStorage(file);
      return new JoblibUnpickler().load(last);
    };
  }

  private static String descr(Object type) {
    if (type instanceof DType && ((DType) type).hasValues()) {
      throw new Testee.Unfit("structs");
    }
    Object descr = type instanceof DType ? ((DType) type).toDescr() : type;
    if (!(descr instanceof String)) {
      throw new Testee.Unfit("structs");
    }
    char kind = ((String) descr).charAt(1);
    if (kind == 'M' || kind == 'm') {
      throw new Testee.Unfit("dates");
    }
    return kind == 'O' ? "|O" : (String) descr;
  }

  @Override
  String written(Object value) {
    if (value instanceof DType) {
      return object("dtype", quoted(little(descr(value))));
    }
    if (value instanceof Scalar) {
      Scalar scalar = (Scalar) value;
      return object("scalar", "{\"dtype\":" + quoted(descr(scalar.getDType())) + ",\"data\":"
          + bytes(scalar.getObj()) + "}");
    }
    if (value instanceof NDArrayWrapper) {
      return array(((NDArrayWrapper) value).getContent());
    }
    if (value instanceof NDArray) {
      return array((NDArray) value);
    }
    return value instanceof Float ? object("float", bits((Float) value)) : super.written(value);
  }

  private static String little(String descr) {
    return descr.replace('>', '<');
  }

  private String array(NDArray array) {
    String dtype = little(descr(array.getArrayType()));
    List<String> sizes = new ArrayList<>();
    int wide = 0;
    boolean empty = false;
    for (int size : array.getArrayShape()) {
      sizes.add(quoted(Integer.toString(size)));
      wide += size != 1 ? 1 : 0;
      empty |= size == 0;
    }
    boolean fortran = Boolean.TRUE.equals(array.getFortranOrder()) && wide > 1 && !empty;
    boolean raw = array.getData() instanceof byte[] && array.getDescr() instanceof String
        && !((String) array.getDescr()).endsWith("O");
    dtype = raw ? (String) array.getDescr() : dtype;
    String body = raw ? data((byte[]) array.getData())
        : body(dtype, numpy.core.NDArrayUtil.getContent(array), fortran, array.getArrayShape());
    return object("ndarray", "{\"dtype\":" + quoted(dtype) + ",\"shape\":[" + String.join(",", sizes)
        + "],\"order\":\"" + (fortran ? "F" : "C") + "\"" + body + "}");
  }

  private static String data(byte[] bytes) {
    return ",\"data\":" + bytes(bytes);
  }

  private String body(String dtype, List<?> items, boolean fortran, int[] shape) {
    return dtype.endsWith("O") ? ",\"items\":" + many(items)
        : data(packed(dtype, fortran ? swapped(items, shape) : items));
  }

  /** From C order, in which the library gives the items, to the order of the file. */
  private static List<?> swapped(List<?> items, int[] shape) {
    List<Object> out = new ArrayList<>();
    for (int at = 0; at < items.size(); at++) {
      int rest = at;
      int place = 0;
      int step = 1;
      int[] index = new int[shape.length];
      for (int axis = 0; axis < shape.length; axis++) {
        index[axis] = rest % shape[axis];
        rest /= shape[axis];
      }
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        place += index[axis] * step;
        step *= shape[axis];
      }
      out.add(items.get(place));
    }
    return out;
  }

  private static byte[] packed(String dtype, List<?> items) {
    int size = Integer.parseInt(dtype.replaceAll("\\[.*", "").substring(2));
    int bytes = dtype.charAt(1) == 'U' ? 4 * size : size;
    ByteBuffer out = ByteBuffer.allocate(bytes * items.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < items.size(); at++) {
      out.position(at * bytes);
      put(out, dtype.charAt(1), size, items.get(at));
    }
    return out.array();
  }

  private static void put(ByteBuffer out, char kind, int size, Object item) {
    if (kind == 'U') {
      ((String) item).codePoints().forEach(out::putInt);
    } else if (kind == 'S') {
      out.put(((String) item).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    } else if (kind == 'b') {
      out.put((byte) ((Boolean) item ? 1 : 0));
    } else if (kind == 'f' && size == 8) {
      out.putDouble(((Number) item).doubleValue());
    } else if (kind == 'f' && size == 4) {
      out.putFloat(((Number) item).floatValue());
    } else if (kind == 'c' && size == 16) {
      out.putDouble(((Complex) item).getReal().doubleValue());
      out.putDouble(((Complex) item).getImaginary().doubleValue());
    } else if (kind == 'c' && size == 8) {
      out.putFloat(((Complex) item).getReal().floatValue());
      out.putFloat(((Complex) item).getImaginary().floatValue());
    } else if (kind == 'i' || kind == 'u') {
      byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN)
          .putLong(((Number) item).longValue()).array();
      out.put(Arrays.copyOf(all, size));
    } else {
      throw new IllegalArgumentException("a dtype of kind " + kind + size);
    }
  }
}
