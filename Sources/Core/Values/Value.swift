/// The one closed value type: what JSON and MessagePack read and write, and templates look up.
///
/// Equality is of type and content: `6` is not `6.0`, and strings are compared by their bytes.
/// An object keeps its order, which does not count for equality, as in Python.
package enum Value: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// The decimal literal of an integer that `Int` does not hold; Python has them, so they are kept.
  case bigInteger(String)
  case double(Double)
  case string(String)
  /// MessagePack's `bin`; JSON has no counterpart.
  case binary([UInt8])
  /// MessagePack's `ext`; JSON has no counterpart.
  case ext(type: Int8, bytes: [UInt8])
  case array([Value])
  case object(Object)
}

extension Value {
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  package var object: Object? {
    guard case .object(let object) = self else { return nil }
    return object
  }
}

// Not derived: `String` compares by canonical equivalence, which neither Python nor Redis does.
extension Value: Equatable {
  package static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.bigInteger(let left), .bigInteger(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
    case (.binary(let left), .binary(let right)): left == right
    case (.ext(let leftType, let left), .ext(let rightType, let right)):
      leftType == rightType && left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}
