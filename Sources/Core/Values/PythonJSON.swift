/// Writes a value as Python's `json.dumps` does: `", "` and `": "` between, and all but ASCII escaped.
enum PythonJSON {
  /// - Returns: nil for what JSON has no room for: bytes, and MessagePack's ext.
  static func text(_ value: Value) -> String? {
    switch value {
    case .null: return "null"
    case .bool(let bool): return "\(bool)"
    case .integer(let integer): return "\(integer)"
    case .bigInteger(let literal): return literal
    case .double(let double): return double.jsonText
    case .string(let text): return text.jsonLiteral
    case .binary, .ext: return nil
    case .array(let values):
      return joined(values.map { text($0) }).map { "[\($0)]" }
    case .object(let object):
      let members = object.members.map { key, value in
        text(value).map { "\(key.jsonLiteral): \($0)" }
      }
      return joined(members).map { "{\($0)}" }
    }
  }

  private static func joined(_ texts: [String?]) -> String? {
    let known = texts.compactMap(\.self)
    return known.count == texts.count ? known.joined(separator: ", ") : nil
  }
}
