import Core

/// What was read is written, and read again as the same.
@Sendable func json(_ input: [UInt8]) {
  guard let value = try? JSONReader.read(input) else { return }
  var written: [UInt8] = []
  JSONWriter.append(value, to: &written)
  precondition((try? JSONReader.read(written)) == value, "written otherwise than read")
}
