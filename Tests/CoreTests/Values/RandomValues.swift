import Core

/// Values from a seed, the same ones every time; no NaN, so that each equals itself.
struct RandomValues {
  enum Types: Int {
    /// Those that JSON reads.
    case json = 8
    /// Bytes and ext as well.
    case messagePack = 10
  }

  private var generator: SplitMix64
  private let types: Types

  init(seed: UInt64, types: Types) {
    generator = SplitMix64(state: seed)
    self.types = types
  }

  mutating func value(depth: Int = 0) -> Value {
    // The containers come first: they are left out below the fourth level.
    switch Int.random(in: (depth < 4 ? 0 : 2)..<types.rawValue, using: &generator) {
    case 0: .array((0..<size()).map { _ in value(depth: depth + 1) })
    case 1: .object(Object((0..<size()).map { _ in (text(), value(depth: depth + 1)) }))
    case 2: .null
    case 3: .bool(.random(using: &generator))
    case 4: .integer(Int(truncatingIfNeeded: bits()))
    case 5: .bigInteger(String(UInt64.random(in: (1 << 63)...(.max), using: &generator)))
    case 6: .double(double())
    case 7: .string(text())
    case 8: .binary(bytes())
    default: .ext(type: .random(in: .min...(.max), using: &generator), bytes: bytes())
    }
  }

  private mutating func size() -> Int {
    Int.random(in: 0...10, using: &generator)
  }

  /// As often of few bits as of many, and as often negative.
  private mutating func bits() -> UInt64 {
    let bits = generator.next() >> UInt64.random(in: 0..<64, using: &generator)
    return Bool.random(using: &generator) ? bits : ~bits
  }

  private mutating func double() -> Double {
    let double = Double(bitPattern: generator.next())
    return double.isNaN || double.isInfinite ? 0.5 : double
  }

  private mutating func text() -> String {
    let scalars = (0..<size() * 4).compactMap { _ in
      Unicode.Scalar(UInt32(generator.next() >> UInt64.random(in: 43..<64, using: &generator)))
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private mutating func bytes() -> [UInt8] {
    (0..<size()).map { _ in .random(in: 0...255, using: &generator) }
  }
}

struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
