/// `{% widthratio value maximum width as name %}`: the width of a bar.
package struct WidthRatioTag: Sendable {
  private let value: FilterExpression
  private let maximum: FilterExpression
  private let width: FilterExpression
  private let name: String?

  package static func parse(
    _ parser: inout Parser, _ token: Token
  ) throws(TemplateError) -> Node {
    let words = try token.words
    guard words.count == 4 || words.count == 6 else {
      throw token.error(.widthRatioArgumentCount)
    }
    if words.count == 6, words[4] != "as" { throw token.error(.widthRatioAs) }
    return .widthRatio(
      WidthRatioTag(
        value: try parser.expression(words[1], in: token),
        maximum: try parser.expression(words[2], in: token),
        width: try parser.expression(words[3], in: token),
        name: words.count == 6 ? words[5] : nil))
  }

  func render(into rendering: inout Rendering) throws(TemplateError) {
    let value = try rendering.resolve(value)
    let maximum = try rendering.resolve(maximum)
    guard let width = try? rendering.resolve(width).integer() else {
      throw TemplateError(.widthRatioWidth, at: width.location)
    }
    let ratio = Self.ratio(try? value.number(), try? maximum.number(), width)
    rendering.deliver(.string(ratio), as: name)
  }

  /// Empty where Python cannot compute it.
  private static func ratio(_ value: Double?, _ maximum: Double?, _ width: BigInteger) -> String {
    guard let value, let maximum else { return "" }
    guard maximum != 0 else { return "0" }
    let ratio = (value / maximum * width.double).rounded(.toNearestOrEven)
    return ratio.isFinite ? BigInteger(truncating: ratio).description : ""
  }
}

extension BigInteger {
  fileprivate var double: Double { Double(description) ?? .infinity }
}
