extension Library {
  /// The section INTEGERS of `django/template/defaultfilters.py`.
  static let integerFilters = [
    Filter("add", .required, function: add),
    Filter("get_digit", .required, function: digit),
  ]

  /// The sum of two integers, or what `+` makes of the two: longer text, a longer list.
  private static func add(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    let argument = argument ?? .none
    if case (.integer(let left), .integer(let right)) = (value, argument),
      case (let sum, false) = left.addingReportingOverflow(right)
    {
      return .integer(sum)
    }
    do {
      return TemplateValue(try value.integer() + argument.integer())
    } catch let error where error.isValueOrTypeError {
      return sum(value, argument)
    }
  }

  private static func sum(_ value: TemplateValue, _ argument: TemplateValue) -> TemplateValue {
    switch (value, argument) {
    case (.string(let left, let leftSafe), .string(let right, let rightSafe)):
      return .string(left + right, safe: leftSafe && rightSafe)
    case (.list(let left), .list(let right)):
      return .list(left + right)
    case (.tuple, .tuple), (.tuple, .namedTuple), (.namedTuple, .tuple), (.namedTuple, .namedTuple):
      return .tuple((value.elements ?? []) + (argument.elements ?? []))
    case (.double, .double), (.double, .integer), (.double, .bigInteger), (.double, .bool),
      (.integer, .double), (.bigInteger, .double), (.bool, .double):
      // One of them is NaN: all others have become integers.
      return .double(.nan)
    default:
      return .string("")
    }
  }

  /// A digit of a whole number, counted from its last; the value itself where there is no such.
  private static func digit(
    _ value: TemplateValue, _ argument: TemplateValue?, _: FilterContext
  ) throws(TemplateError.Reason) -> TemplateValue {
    let place: Int
    let integer: BigInteger
    do {
      place = try (argument ?? .none).clampedInteger()
      integer = try value.integer()
    } catch let error where error.isValueError {
      return value
    }
    guard place >= 1 else { return TemplateValue(integer) }
    let digits = Array(integer.description.utf8)
    guard place <= digits.count else { return .integer(0) }
    let digit = digits[digits.count - place]
    guard digit.isASCIIDigit else {
      throw .valueError("invalid literal for int() with base 10: '-'")
    }
    return .integer(Int(digit - UInt8(ascii: "0")))
  }
}
