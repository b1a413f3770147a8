//! A testee for the crate serde-pickle.
use serde_pickle::{DeOptions, HashableValue, Value};
use std::io::BufRead;

// The bytes that files of joblib's codecs begin with.
const CODECS: [(&[u8], &str); 8] = [
    (b"\x1f\x8b", "gzip"), (b"BZh", "bz2"), (b"\xfd7zXZ", "xz"), (b"\x5d\x00", "lzma"),
    (b"\x04\x22\x4d\x18", "lz4"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"ZF", "zf"),
    (b"\x93NUMPY", "npy"),
];
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn codec_of(data: &[u8]) -> Option<&'static str> {
    if data.len() > 1 && data[0] & 15 == 8 && data[0] <= 0x78 {
        if (data[0] as u32 * 256 + data[1] as u32) % 31 == 0 {
            return Some("zlib");
        }
    }
    CODECS.iter().find(|(magic, _)| data.starts_with(magic)).map(|(_, name)| *name)
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\0'..='\x1f' => out += &format!("\\u{:04x}", letter as u32),
            _ => out.push(letter),
        }
    }
    out + "\""
}

fn base64(data: &[u8]) -> String {
    let mut out = String::new();
    for part in data.chunks(3) {
        let bits = part.iter().fold(0u32, |sum, byte| sum << 8 | *byte as u32) << (8 * (3 - part.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at > part.len() { '=' } else { letter as char });
        }
    }
    out
}

fn listed<'a, T: 'a>(items: impl IntoIterator<Item = &'a T>, tag: fn(&T) -> String) -> String {
    let texts: Vec<String> = items.into_iter().map(tag).collect();
    format!("[{}]", texts.join(","))
}

fn key(value: &HashableValue) -> String {
    match value {
        HashableValue::FrozenSet(items) => format!("{{\"frozenset\":{}}}", listed(items, key)),
        HashableValue::Tuple(items) => format!("{{\"tuple\":{}}}", listed(items, key)),
        other => tagged(&other.clone().into_value()),
    }
}

fn tagged(value: &Value) -> String {
    match value {
        Value::None => "{\"none\":true}".into(),
        Value::Bool(v) => format!("{{\"bool\":{v}}}"),
        Value::I64(v) => format!("{{\"int\":\"{v}\"}}"),
        Value::Int(v) => format!("{{\"int\":\"{v}\"}}"),
        Value::F64(v) => format!("{{\"float\":\"{:016x}\"}}", v.to_bits()),
        Value::Bytes(v) => format!("{{\"bytes\":\"{}\"}}", base64(v)),
        Value::String(v) => format!("{{\"str\":{}}}", quoted(v)),
        Value::List(v) => format!("{{\"list\":{}}}", listed(v, tagged)),
        Value::Tuple(v) => format!("{{\"tuple\":{}}}", listed(v, tagged)),
        Value::Set(v) => format!("{{\"set\":{}}}", listed(v, key)),
        Value::FrozenSet(v) => format!("{{\"frozenset\":{}}}", listed(v, key)),
        Value::Dict(v) => {
            let pairs: Vec<String> =
                v.iter().map(|(k, item)| format!("[{},{}]", key(k), tagged(item))).collect();
            format!("{{\"dict\":[{}]}}", pairs.join(","))
        }
    }
}

fn load(path: &str) -> String {
    let data = match std::fs::read(path) {
        Ok(data) => data,
        Err(error) => return failed(&error.to_string()),
    };
    if let Some(codec) = codec_of(&data) {
        return format!("\"skipped\":\"{codec}\"");
    }
    let loaded = std::panic::catch_unwind(|| serde_pickle::value_from_slice(&data, DeOptions::new()));
    match loaded {
        Ok(Ok(value)) => format!("\"value\":{}", tagged(&value)),
        Ok(Err(error)) => failed(&error.to_string()),
        Err(_) => failed("panic"),
    }
}

fn failed(status: &str) -> String {
    format!("\"error\":{{\"status\":{},\"offset\":null,\"file_offset\":null}}", quoted(status))
}

fn main() {
    let version = std::env::args().nth(1).expect("the version of the crate");
    let lacks = "[\"identity\",\"order\",\"set-order\",\"bytearray\",\"py2str\",\"objects\"]";
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let words: Vec<&str> = line.split('\t').collect();
        if words[0] == "hello 1" {
            println!("{{\"name\":\"serde-pickle\",\"version\":\"{version}\",\"level\":1,\
                      \"operations\":[\"load\"],\"capabilities\":[],\"lacks\":{lacks}}}");
        } else {
            println!("{{\"id\":\"{}\",{}}}", words[0], load(words[2]));
        }
    }
}
