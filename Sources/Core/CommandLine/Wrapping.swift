/// Text in lines of at most `width` columns, but for words and indented lines that are longer.
///
/// Lines that follow each other are one paragraph, an empty line parts two, and an indented line
/// stays as it is. No text is no lines.
func wrapped(_ text: String, width: Int, indent: Int = 0) -> [String] {
  guard !text.isEmpty else { return [] }
  let margin = String(repeating: " ", count: indent)
  var lines: [String] = []
  var isOpen = false  // whether the last line may still grow
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.isEmpty || line.hasPrefix(" ") {
      lines.append(line.isEmpty ? "" : margin + line)
      isOpen = false
      continue
    }
    for word in line.split(separator: " ") {
      if isOpen, let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(margin + word)
        isOpen = true
      }
    }
  }
  return lines
}
