// swift-tools-version: 6.2
import PackageDescription

/// The same strictness for every target, so that a file moved between modules means the same in both.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// - Parameter goldens: folders of files that the tests read by their path.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], goldens: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: goldens, swiftSettings: strict)
}

let package = Package(
  name: "iamdrill",
  products: [
    .executable(name: "iamdrill", targets: ["iamdrill"]),
    .library(name: "IAMPolicy", targets: ["IAMPolicy"]),
  ],
  targets: [
    // C libraries of the distribution, one wrapper target each.
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CLibSSL", pkgConfig: "libssl", providers: [.apt(["libssl-dev"])]),
    // Without pkg-config, whose flags would link it: it is loaded when it is needed.
    .systemLibrary(name: "CLibCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

    // What Linux has besides POSIX, in C.
    .target(name: "CLinux"),
    // What processors have for checksums, in C.
    .target(name: "CChecksums"),

    // The dependencies named here are the layering; Scripts/check-layering holds the imports against them,
    // because the compiler also accepts an import of what is only transitively present.
    module("XML", ["CLibXML2"]),
    module("YAML", ["CLibYAML"]),
    module("JSON"),
    module("HTTP"),
    module("Threads"),
    module("SQLite", ["CSQLite"]),
    module("SigV4", ["HTTP", "CLibCrypto"]),
    module("Federation", ["JSON", "XML", "CLibCrypto"]),
    module("IAMPolicy", ["JSON"]),
    module("AWSAPI", ["HTTP", "XML"]),
    module(
      "Emulator",
      ["HTTP", "SigV4", "IAMPolicy", "AWSAPI", "JSON", "Federation", "Threads", "CChecksums"]),
    module("HTTPServer", ["HTTP", "Threads", "CLinux", "CLibSSL"]),
    module("EmulatorServer", ["Emulator", "HTTPServer", "HTTP", "AWSAPI", "IAMPolicy", "SigV4", "JSON"]),
    module("AWSClient", ["HTTP", "SigV4", "AWSAPI", "JSON", "CLibCurl", "CLinux"]),
    module("EmulatorStorage", ["Emulator", "HTTP", "SQLite"]),
    module("Scenario", ["YAML", "JSON", "AWSAPI", "IAMPolicy"]),
    module(
      "Runner",
      [
        "Scenario", "AWSClient", "Emulator", "XML", "HTTP", "AWSAPI", "IAMPolicy", "JSON", "SigV4", "Federation",
        "SQLite", "Threads", "CLinux",
      ]),
    module("Report", ["Runner", "Scenario", "HTTP", "AWSAPI", "IAMPolicy", "JSON", "XML"]),
    module("History", ["SQLite", "JSON", "Runner", "Scenario"]),
    .executableTarget(
      name: "iamdrill",
      dependencies: [
        "AWSClient", "Report", "History", "SQLite", "Runner", "Scenario", "Emulator", "EmulatorServer",
        "EmulatorStorage", "HTTPServer", "Federation", "IAMPolicy", "AWSAPI", "SigV4",
        "JSON",
        "XML", "Threads",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "iamdrill-bench", dependencies: ["Emulator", "IAMPolicy", "Runner", "Scenario", "SigV4"],
      swiftSettings: strict),

    // What tests of several modules need.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),

    tests("XML", ["TestSupport"]),
    tests("YAML", ["TestSupport"]),
    tests("JSON"),
    tests("HTTP"),
    tests("SQLite"),
    tests("SigV4", ["HTTP", "JSON"]),
    tests("Federation", ["JSON", "XML"]),
    tests("IAMPolicy", ["JSON", "TestSupport"], goldens: ["Golden"]),
    tests("AWSAPI", ["HTTP", "XML", "TestSupport"]),
    tests("Emulator", ["HTTP", "SigV4", "AWSAPI", "IAMPolicy", "XML", "JSON", "Federation", "TestSupport"]),
    tests("HTTPServer", ["HTTP"]),
    tests("EmulatorServer", ["Emulator", "HTTPServer", "HTTP", "AWSAPI", "AWSClient", "SigV4"]),
    tests("AWSClient", ["HTTP", "AWSAPI", "SigV4", "JSON"]),
    tests("EmulatorStorage", ["Emulator", "HTTP", "SigV4", "AWSAPI", "SQLite"]),
    tests(
      "Scenario", ["AWSAPI", "HTTP", "YAML", "IAMPolicy", "JSON", "TestSupport"],
      goldens: ["Golden", "GoldenConfiguration"]),
    tests(
      "Runner",
      ["Scenario", "Emulator", "EmulatorServer", "AWSAPI", "AWSClient", "HTTP", "IAMPolicy", "SigV4", "XML", "Report"]),
    tests("History", ["Runner", "Scenario"]),
    tests("Report", ["Runner", "Scenario", "AWSAPI"], goldens: ["Golden"]),
  ]
)
