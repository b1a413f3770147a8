import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.objects.ComplexNumber;

/** Values of net.razorvine:pickle as tagged JSON. */
class Tags {
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char letter : text.toCharArray()) {
      if (letter == '"' || letter == '\\') {
        out.append('\\').append(letter);
      } else if (letter < 32 || letter > 126) {
        out.append(String.format("\\u%04x", (int) letter));
      } else {
        out.append(letter);
      }
    }
    return out.append('"').toString();
  }

  static String bytes(byte[] data) {
    return quoted(Base64.getEncoder().encodeToString(data));
  }

  static String bits(double number) {
    return String.format("\"%016x\"", Double.doubleToRawLongBits(number));
  }

  static String object(String tag, String content) {
    return "{\"" + tag + "\":" + content + "}";
  }

  String many(Collection<?> values) {
    List<String> parts = new ArrayList<>();
    for (Object value : values) {
      parts.add(written(value));
    }
    return "[" + String.join(",", parts) + "]";
  }

  String pairs(Map<?, ?> map) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      parts.add("[" + written(entry.getKey()) + "," + written(entry.getValue()) + "]");
    }
    return "[" + String.join(",", parts) + "]";
  }

  String written(Object value) {
    if (value == null) {
      return object("none", "true");
    }
    if (value instanceof Boolean) {
      return object("bool", value.toString());
    }
    if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
      return object("int", quoted(value.toString()));
    }
    if (value instanceof Double) {
      return object("float", bits((Double) value));
    }
    if (value instanceof ComplexNumber) {
      ComplexNumber number = (ComplexNumber) value;
      return object("complex", "[" + bits(number.getReal()) + "," + bits(number.getImaginary()) + "]");
    }
    if (value instanceof String) {
      return object("str", quoted((String) value));
    }
    if (value instanceof byte[]) {
      return object("bytes", bytes((byte[]) value));
    }
    return container(value);
  }

  private String container(Object value) {
    if (value instanceof Object[]) {
      return object("tuple", many(Arrays.asList((Object[]) value)));
    }
    if (value instanceof Set) {
      return object("set", many((Set<?>) value));
    }
    if (value instanceof List) {
      return object("list", many((List<?>) value));
    }
    if (value.getClass() == java.util.HashMap.class) {
      return object("dict", pairs((Map<?, ?>) value));
    }
    throw new IllegalArgumentException("a value of " + value.getClass());
  }
}
