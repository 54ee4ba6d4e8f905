// swift-tools-version: 6.2
import PackageDescription

// Apart from the main package, so that no build of that one knows these flags.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library", "-enable-testing"]),
]

let package = Package(
  name: "Fuzz",
  targets: [
    .systemLibrary(name: "CHiredis"),
    .systemLibrary(name: "CFuzzer"),
    // The sources themselves, by links: `package` and instrumentation end at a package's border.
    .target(
      name: "Core", dependencies: ["CHiredis"], swiftSettings: settings,
      linkerSettings: [.linkedLibrary(":libhiredis.a")]),
    // Without its entry: a library here.
    .target(
      name: "turboctl", dependencies: ["Core"], exclude: ["Turboctl.swift"],
      swiftSettings: settings),
    // One thread, so that what a target makes once needs no lock.
    .executableTarget(
      name: "Fuzz", dependencies: ["CFuzzer", "Core", "turboctl"],
      swiftSettings: settings + [.swiftLanguageMode(.v5)],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
  ],
  swiftLanguageModes: [.v6])
