import Testing
@testable import Core
@Test func smoke() { #expect(Value.integer(6) != .double(6)) }
