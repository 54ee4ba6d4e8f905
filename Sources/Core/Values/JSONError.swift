/// Why a text is not JSON, and the byte at which that shows.
package struct JSONError: Error, Equatable, Sendable {
  package enum Reason: Sendable {
    case empty, byteOrderMark, invalidUTF8, unexpectedEnd, trailingText, tooDeep
    case expectedValue, expectedKey, expectedColon
    /// A comma or the closing bracket was due.
    case expectedComma
    case controlCharacter, invalidEscape, loneSurrogate
    case invalidNumber
    /// A double that overflows, or an integer of more digits than Python reads.
    case numberOutOfRange
  }

  package let reason: Reason
  /// In bytes from the start of the text.
  package let offset: Int

  /// Line and column of the error in the text that was read, both from 1; a column is a character.
  package func position(in text: [UInt8]) -> (line: Int, column: Int) {
    let before = text.prefix(offset)
    let lines = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let characters = lines.last?.count { !UTF8.isContinuation($0) } ?? 0
    return (lines.count, characters + 1)
  }
}
