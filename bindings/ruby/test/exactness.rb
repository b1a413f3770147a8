# frozen_string_literal: true

# Numbers 19 and 20 of smoketest.rb: a file exactly as it is, and its bytes again.

def check_nodes
  pairs = root_of("valid/python2/str-and-unicode-joblib0.11-py2.7").node.pairs
  check_list(pairs.map { |pair| pair.map(&:python2?) }, [[true, false], [false, true]])
  check_list(pairs.map { |pair| pair.map(&:kind) }, [%i[bytes str], %i[str bytes]])
  check_list(pairs.map { |pair| pair.map(&:value) }, [%w[a a], %w[b b]])
  check_equal(pairs[0][0].bytes.encoding, Encoding::BINARY)

  one, two = Joblib.load(file_of("valid/pickle5/bytearray8")).node.elements
  check_list([one.kind, one.bytes, one == two, one.eql?(two)], [:bytearray, "ab".b, true, true])
  check_equal({ one => 1 }[two], 1)
  raised_status("KIND") { one.array }

  number = Joblib.load(file_of("valid/ndarray/scalar-big-endian")).node
  check_list([number.kind, number.value, number.element_type.to_s], [:scalar, 1.0, ">f8"])
  check_list([number.array.shape, number.array.stored_bytes], [[], [1.0].pack("G")])
  check_list([number.elements, number.state, number.class_node], [[], nil, nil])

  objects = root_of("valid/ndarray/objects-f-order-joblib1.6")
  check_list(objects.nodes.map(&:kind), %i[int None str int])
  check_list(objects.node.elements.map(&:value), [1, nil, "x", 2])
  check_equal(objects.node, objects)
  raised_status("KIND") { objects.stored_bytes }
  check_equal(Joblib.load(file_of("valid/pickle4/shared")).node.show, TREE)
end

def check_records
  array = root_of("valid/kinds/struct-sub-struct-joblib1.6")
  type = array.element_type
  check_list([type.to_s, type.itemsize, type.base, type.shape], ["|V35", 35, nil, []])
  check_list(type.fields.map(&:to_a).map { |name, _, offset| [name, offset] }, [["a", 0], ["b", 32]])
  outer, bytes = type.fields.map(&:type)
  check_list([outer.shape, bytes.shape, bytes.base.to_s], [[2, 2], [3], "|u1"])
  inner = outer.base.fields.last
  check_list([inner.name, inner.offset, inner.type.base.to_s, inner.type.shape], ["y", 4, "<i2", [2]])
  check_equal(array.stored_bytes, (0...70).to_a.pack("C*"))
  big = root_of("valid/ndarray/big-endian-text-joblib1.6")
  check_list([big.stored_bytes, big.dtype], ["\0\0\0a\0\0\0b".b, ">U2"])
end

TESTS["tells exactly what a file holds"] = lambda do
  check_nodes
  check_records
end

TESTS["dumps the bytes of a file again"] = lambda do
  %w[zlib/level-9 cpickle/list-1001-protocol4 gzip/level-1].each do |name|
    bytes = File.binread(file_of("valid/#{name}"))
    document = Joblib.loads(bytes)
    check(Joblib.dumps(document) != bytes)
    check_equal(Joblib.dumps(document, same: bytes), bytes)
    Dir.mktmpdir do |folder|
      Joblib.dump(document, "#{folder}/other.xz", compress: :bz2, same: bytes)
      check_equal(File.binread("#{folder}/other.xz"), bytes)
    end
  end
  bytes = File.binread(file_of("valid/hostile/os-system"))
  raised_status("FORBIDDEN") { Joblib.dumps(Joblib.loads(bytes), same: bytes) }
  raised_status("DIFFERENT") do
    Joblib.dumps(Joblib.loads(bytes), same: bytes, allow: ["posix.system", "os.system"])
  end
end
