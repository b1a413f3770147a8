# frozen_string_literal: true

# The testee of the binding for Ruby: ruby -I build/release/bindings/ruby/lib testee.rb

require "joblib"

# Values as tagged JSON, by conformance/schema/value.schema.json. What makes a part returns its
# pieces in order: text, and nodes that are still to be written.
module Tagged
  SHARED = %i[list dict set bytearray ndarray object].freeze
  ESCAPES = Hash.new do |hash, code|
    units = code > 0xffff ? [0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff)] : [code]
    hash[code] = units.map { |unit| format('\u%04x', unit) }.join
  end
  (32..126).each { |code| ESCAPES[code] = code.chr }
  '"\\btnfr'.chars.zip("\"\\\b\t\n\f\r".codepoints) { |letter, code| ESCAPES[code] = "\\#{letter}" }

  module_function

  # A stack, since nothing but a limit says how deep values are nested.
  def write(*pieces)
    out, places, waiting = [], {}, pieces.reverse
    until waiting.empty?
      piece = waiting.pop
      piece.is_a?(String) ? out << piece : waiting.concat(open(piece, places, out.size).reverse)
    end
    places.values.select { |slots| slots.size > 1 }.each.with_index(1) do |(first, *later), id|
      out[first] = %({"id":"#{id}",#{out[first].delete_prefix("{")})
      later.each { |slot| out[slot] = %({"ref":"#{id}"}) }
    end
    out.join
  end

  # The pieces of a node, the first of which will be number `slot` of all.
  def open(node, places, slot)
    tag = node.python2? ? :py2str : node.kind.downcase
    slots = SHARED.include?(tag) ? (places[node] ||= []) : []
    slots << slot
    slots.size > 1 ? [""] : [%({"#{tag}":), *content(tag, node), "}"]
  end

  def content(tag, node)
    case tag
    when :none then "true"
    when :bool then node.value.to_s
    when :int, :str then quote(node.value)
    when :float then bits(node.value)
    when :complex then list(node.value.rect.map { |part| bits(part) })
    when :bytes, :py2str, :bytearray then base64(node.bytes)
    when :list, :tuple, :set, :frozenset then list(node.elements)
    when :dict then pairs(node)
    when :ndarray then array(node.array, node.subclass)
    when :scalar then array(node.array, scalar: true)
    when :dtype then dtype(node.element_type)
    when :global then texts([node.module_name, node.class_name])
    when :object then object(node)
    end
  end

  def list(items) = ["[", *items.flat_map { |item| [",", item] }.drop(1), "]"]
  def pairs(node) = list(node.pairs.map { |pair| list(pair) }).flatten
  def texts(items) = "[#{items.map { |item| quote(item) }.join(",")}]"
  def bits(number) = quote([number].pack("G").unpack1("H*"))
  def base64(bytes) = %("#{[bytes].pack("m0")}")

  def object(node)
    parts = [["class", node.class_node], ["form", quote(node.form)],
             ["args", list(node.arguments.elements)], ["kwargs", node.keywords],
             ["state", node.state], ["items", node.list_items&.then { |part| list(part.elements) }],
             ["entries", node.dict_entries&.then { |part| pairs(part) }]]
    parts = parts.select(&:last).flat_map { |key, part| [",", %("#{key}":), *part] }
    ["{", *parts.drop(1), "}"]
  end

  def array(array, subclass = nil, scalar: false)
    shape = %(,"shape":#{texts(array.shape)},"order":"#{array.order || "C"}") unless scalar
    items = array.dtype == "|O" ? [',"items":', *list(array.nodes)]
                                : [',"data":', base64(array.stored_bytes)]
    tail = %(,"subclass":#{quote(subclass.class_name)}) if subclass
    [%({"dtype":#{dtype(array.element_type)}), *shape, *items, *tail, "}"]
  end

  def dtype(type)
    return %({"base":#{dtype(type.base)},"shape":#{texts(type.shape)}}) if type.base
    return quote(type) if type.fields.empty?

    fields = type.fields.map { |f| "[#{quote(f.name)},#{dtype(f.type)},#{quote(f.offset)}]" }
    %({"fields":[#{fields.join(",")}],"itemsize":#{quote(type.itemsize)}})
  end

  # In ASCII. Lone surrogates, which Python's text may hold, stay what they are.
  def quote(item) = %("#{item.to_s.unpack("U*").map { |code| ESCAPES[code] }.join}")
end

# What the runner asks; each method makes the answer behind the id.
module Testee
  OPERATIONS = %w[load redump predict audit].freeze
  CODECS = %w[zlib gzip bz2 xz lzma lz4 zstd zf].select { |codec| Joblib.codec_available?(codec) }
  CAPABILITIES = [*CODECS, "companions", "identity", "bytes"].freeze

  module_function

  def hello
    format('{"name":"ruby","version":%s,"level":3,"operations":%s,"capabilities":%s}',
           Tagged.quote(Joblib.version), Tagged.texts(OPERATIONS), Tagged.texts(CAPABILITIES))
  end

  def answer(id, operation, *words)
    %({"id":"#{id}",#{public_send(operation, *words)}})
  rescue Joblib::Error => e
    format('{"id":"%s","error":{"status":"%s","offset":%s,"file_offset":%s}}', id,
           e.name.delete_prefix("JOBLIB_ERROR_"), e.offset || "null", e.file_offset || "null")
  end

  def load(path) = %("value":#{Tagged.write(Joblib.load(path).node)})

  # Python wrote these names, dangerous or not. Where no settings give the file's own bytes the
  # document tells what it can.
  def redump(path, target)
    allow, document = Joblib.audit(path).map(&:full_name), Joblib.load(path)
    Joblib.dump(document, target, allow: allow, unsynced: true, same: File.binread(path))
    '"redump":"written"'
  rescue Joblib::DifferentError
    Joblib.dump(document, target, allow: allow, unsynced: true)
    '"redump":"written"'
  end

  def predict(model, input, method)
    found = Joblib.load_model(model).run(method, Joblib.load(input).root)
    %("outputs":[#{[found].flatten.map { |output| write(output) }.join(",")}])
  end

  def write(output)
    return Tagged.write('{"ndarray":', *Tagged.array(output), "}") if output.is_a?(Joblib::NDArray)

    parts = [output.values, output.column_indices, output.row_offsets].map { |part| write(part) }
    format('{"csr":{"shape":%s,"data":%s,"indices":%s,"indptr":%s}}',
           Tagged.texts(output.shape), *parts)
  end

  def audit(path)
    dangerous = (audit = Joblib.audit(path)).select { |global| global.verdict == :dangerous }.map(&:full_name)
    %("audit":{"outcome":"#{audit.outcome}","dangerous":#{Tagged.texts(dangerous)}})
  end
end

$stdout.sync = true
$stdin.each_line(chomp: true) do |line|
  puts line == "hello 1" ? Testee.hello : Testee.answer(*line.split("\t"))
end
