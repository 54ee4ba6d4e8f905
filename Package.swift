// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// What ships also marks every unsafe expression as such.
let shipped = settings + [.strictMemorySafety()]

let package = Package(
  name: "turboctl",
  products: [.executable(name: "turboctl", targets: ["turboctl"])],
  targets: [
    .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
    .target(
      name: "Core",
      dependencies: ["CHiredis"],
      swiftSettings: shipped,
      // The archive, not the shared object: one file to install, and a faster start.
      linkerSettings: [.linkedLibrary(":libhiredis.a")]),
    .executableTarget(name: "turboctl", dependencies: ["Core"], swiftSettings: shipped),
    .testTarget(name: "CoreTests", dependencies: ["Core"], swiftSettings: settings),
    .testTarget(
      name: "TurboctlTests", dependencies: ["Core", "turboctl"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6])
