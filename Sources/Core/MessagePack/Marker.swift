/// The format bytes of MessagePack, the one table that reader and writer share (`spec.md`).
///
/// A `fix…` range but `fixext` carries a number in the byte itself. In any other range each byte
/// doubles the width of what follows: from two bytes in `array` and `map`, else from one.
enum Marker {
  static let positiveFixint: ClosedRange<UInt8> = 0x00...0x7f
  static let fixmap: ClosedRange<UInt8> = 0x80...0x8f
  static let fixarray: ClosedRange<UInt8> = 0x90...0x9f
  static let fixstr: ClosedRange<UInt8> = 0xa0...0xbf
  static let null: UInt8 = 0xc0
  static let unused: UInt8 = 0xc1
  static let `false`: UInt8 = 0xc2
  static let `true`: UInt8 = 0xc3
  static let bin: ClosedRange<UInt8> = 0xc4...0xc6
  static let ext: ClosedRange<UInt8> = 0xc7...0xc9
  static let float32: UInt8 = 0xca
  static let float64: UInt8 = 0xcb
  static let uint: ClosedRange<UInt8> = 0xcc...0xcf
  static let int: ClosedRange<UInt8> = 0xd0...0xd3
  static let fixext: ClosedRange<UInt8> = 0xd4...0xd8
  static let str: ClosedRange<UInt8> = 0xd9...0xdb
  static let array: ClosedRange<UInt8> = 0xdc...0xdd
  static let map: ClosedRange<UInt8> = 0xde...0xdf
  static let negativeFixint: ClosedRange<UInt8> = 0xe0...0xff
}
