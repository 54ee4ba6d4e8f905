/// The one closed value type: what JSON and MessagePack read and write, and what templates look up.
///
/// An integer is never equal to a double (`6` is not `6.0`), and an object keeps its order, as in Python.
package enum Value: Equatable, Sendable {
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
