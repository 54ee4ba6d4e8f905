import Glibc

/// A file of the time zone database (RFC 9636, TZif): its 64-bit transitions and its footer.
final class ZoneFile: Sendable {
  /// Seconds since 1970 in UTC, rising; each begins the period of the same place in `periods`.
  private let transitions: [Int]
  private let periods: [ZonePeriod]
  /// What held before the first transition.
  private let first: ZonePeriod
  /// What holds behind the last transition; nil where its period stays.
  private let footer: ZoneRule?

  /// A zone file is some 4 kB; nothing larger is read.
  private static let sizeLimit = 1 << 16

  /// Nil where the file cannot be read or is none of version 2 or later.
  convenience init?(path: String) {
    guard let bytes = Self.contents(of: path) else { return nil }
    self.init(bytes)
  }

  init?(_ bytes: [UInt8]) {
    guard let old = Header(bytes[...]), old.version >= UInt8(ascii: "2"),
      let header = Header(bytes.dropFirst(Header.size + old.bodySize(timeSize: 4)))
    else { return nil }
    let body = header.body
    let count = header.transitionCount
    let kinds = body.dropFirst(count * 9)
    let names = kinds.dropFirst(header.typeCount * 6).prefix(header.nameSize)
    let types = (0..<header.typeCount).map { index in
      let kind = kinds.dropFirst(index * 6).prefix(6)
      return ZonePeriod(
        offset: kind.bigEndian(4), isDaylightSaving: kind.dropFirst(4).first == 1,
        name: String(
          decoding: names.dropFirst(Int(kind.last ?? 0)).prefix { $0 != 0 }, as: UTF8.self))
    }
    let indices = body.dropFirst(count * 8).prefix(count).map(Int.init)
    guard body.count > header.bodySize(timeSize: 8), let type = types.first,
      indices.allSatisfy(types.indices.contains)
    else { return nil }
    transitions = (0..<count).map { body.dropFirst($0 * 8).bigEndian(8) }
    periods = indices.map { types[$0] }
    first = types.first { !$0.isDaylightSaving } ?? periods.first ?? type
    let line = body.dropFirst(header.bodySize(timeSize: 8) + 1).prefix { $0 != UInt8(ascii: "\n") }
    footer = ZoneRule(String(decoding: line, as: UTF8.self))
  }

  /// Whether the clocks are never changed.
  var isFixed: Bool { transitions.isEmpty }

  /// What the clocks do at a moment in seconds since 1970 in UTC.
  func period(at instant: Int) -> ZonePeriod {
    guard let last = transitions.last else { return footer?.period(at: instant) ?? first }
    if instant > last, let footer { return footer.period(at: instant) }
    var range = 0..<transitions.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range =
        transitions[middle] <= instant
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound == 0 ? first : periods[range.lowerBound - 1]
  }

  private static func contents(of path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: sizeLimit)
    var count = 0
    while count < bytes.count {
      let taken = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress?.advanced(by: count), sizeLimit - count)
      }
      guard taken >= 0 else { return nil }
      if taken == 0 { return Array(bytes[..<count]) }
      count += taken
    }
    return nil
  }
}

/// The head of one of the two blocks in a zone file.
private struct Header {
  static let size = 44

  let version: UInt8
  let body: ArraySlice<UInt8>
  let transitionCount: Int
  let typeCount: Int
  let nameSize: Int
  private let otherSizes: (utcFlags: Int, standardFlags: Int, leapSeconds: Int)

  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count > Self.size, bytes.starts(with: "TZif".utf8) else { return nil }
    version = bytes[bytes.startIndex + 4]
    let counts = (0..<6).map { bytes.dropFirst(20 + $0 * 4).bigEndian(4) }
    guard counts.allSatisfy({ 0..<1 << 20 ~= $0 }) else { return nil }
    otherSizes = (counts[0], counts[1], counts[2])
    (transitionCount, typeCount, nameSize) = (counts[3], counts[4], counts[5])
    body = bytes.dropFirst(Self.size)
  }

  func bodySize(timeSize: Int) -> Int {
    transitionCount * (timeSize + 1) + typeCount * 6 + nameSize
      + otherSizes.leapSeconds * (timeSize + 4) + otherSizes.standardFlags + otherSizes.utcFlags
  }
}

extension ArraySlice<UInt8> {
  /// The first `count` bytes as a signed big-endian integer.
  fileprivate func bigEndian(_ count: Int) -> Int {
    let value = prefix(count).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let unused = 64 - UInt64(count) * 8
    return Int(Int64(bitPattern: value << unused) >> Int64(unused))
  }
}
