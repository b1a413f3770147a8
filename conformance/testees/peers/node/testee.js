// A testee for the npm package pickleparser. Sets and dicts are the classes of JavaScript.
'use strict';
const fs = require('fs');
const readline = require('readline');
const { Parser } = require('pickleparser');

const HELLO = {
  name: 'pickleparser', version: require('pickleparser/package.json').version, level: 1,
  operations: ['load'], capabilities: [],
  lacks: ['identity', 'tuple', 'frozenset', 'bytearray', 'int', 'py2str-text', 'objects'],
};
// The bytes that files of joblib's codecs begin with.
const CODECS = {
  '1f8b': 'gzip', '425a68': 'bz2', 'fd377a58': 'xz', '5d00': 'lzma', '04224d18': 'lz4',
  '28b52ffd': 'zstd', '5a46': 'zf', '934e554d': 'npy',
};

function codecOf(data) {
  if ((data[0] & 15) === 8 && data[0] <= 0x78 && data.readUInt16BE(0) % 31 === 0) return 'zlib';
  const head = data.toString('hex', 0, 4);
  const magic = Object.keys(CODECS).find((bytes) => head.startsWith(bytes));
  return magic && CODECS[magic];
}

function bits(number) {
  const data = Buffer.alloc(8);
  data.writeDoubleBE(number);
  return data.toString('hex');
}

function fromNumber(value) {
  return Number.isInteger(value) && !Object.is(value, -0)
    ? { int: BigInt(value).toString() } : { float: bits(value) };
}

function tagged(value) {
  if (value === null) return { none: true };
  if (Array.isArray(value)) return { list: value.map(tagged) };
  if (value instanceof Set) return { set: [...value].map(tagged) };
  if (value instanceof Map) return { dict: [...value].map((pair) => pair.map(tagged)) };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  switch (typeof value) {
    case 'boolean': return { bool: value };
    case 'string': return { str: value };
    case 'number': return fromNumber(value);
    case 'bigint': return { int: value.toString() };
    default: throw new Error(`a value of type ${typeof value}`);
  }
}

function load(path) {
  const data = fs.readFileSync(path);
  const codec = data.length > 1 && codecOf(data);
  if (codec) return { skipped: codec };
  const parser = new Parser({ unpicklingTypeOfSet: 'Set', unpicklingTypeOfDictionary: 'Map' });
  return { value: tagged(parser.parse(data)) };
}

function answer(words) {
  try {
    return load(words[2]);
  } catch (error) {
    return { error: { status: String(error), offset: null, file_offset: null } };
  }
}

console.warn = () => {};
readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const words = line.split('\t');
  const result = words[0] === 'hello 1' ? HELLO : { id: words[0], ...answer(words) };
  process.stdout.write(`${JSON.stringify(result)}\n`);
});
