/// How long a rendering may take; the clock is the caller's.
package struct RenderingLimit {
  package let seconds: Double
  let hasPassed: () -> Bool

  package init(seconds: Double, hasPassed: @escaping () -> Bool) {
    self.seconds = seconds
    self.hasPassed = hasPassed
  }
}
