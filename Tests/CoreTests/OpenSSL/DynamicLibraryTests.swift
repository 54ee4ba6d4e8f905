import Testing

@testable import Core

struct DynamicLibraryTests {
  @Test func namesWhatItLookedFor() {
    #expect(throws: OpenSSLError.missing(["libnone.so.9", "libnone.so.8"])) {
      _ = try DynamicLibrary(anyOf: ["libnone.so.9", "libnone.so.8"])
    }
  }

  @Test func takesTheFirstThatIsThere() throws {
    let library = try DynamicLibrary(anyOf: ["libnone.so.9", "libc.so.6"])
    let absolute: @convention(c) (Int32) -> Int32 = try library.function("abs")
    #expect(absolute(-3) == 3)
  }

  @Test func namesTheFunctionThatIsMissing() throws {
    let library = try DynamicLibrary(anyOf: ["libc.so.6"])
    #expect(throws: OpenSSLError.incomplete("libc.so.6", symbol: "no_such_function")) {
      let _: @convention(c) () -> Void = try library.function("no_such_function")
    }
  }
}
