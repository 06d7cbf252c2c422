// swift-tools-version: 6.2
import PackageDescription

// Fuzz targets, in a package of their own: an executable without `main` links only with `--sanitize=fuzzer`. The
// sources are the repository's, by symbolic links, because what is under test is no library product.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "Fuzz",
    targets: [
        .target(name: "Addresses", swiftSettings: settings),
        .target(name: "IPVSModel", dependencies: ["Addresses"], swiftSettings: settings),
        .target(name: "KeepalivedConfig", dependencies: ["Addresses", "IPVSModel"], swiftSettings: settings),
        .target(name: "FuzzedText", dependencies: ["KeepalivedConfig"], swiftSettings: settings),
        .executableTarget(name: "reader", dependencies: ["FuzzedText"], swiftSettings: settings),
        .executableTarget(
            name: "configuration", dependencies: ["FuzzedText", "KeepalivedConfig"], swiftSettings: settings),
        .target(name: "PacketFormats", dependencies: ["Addresses"], swiftSettings: settings),
        .target(name: "CaptureFiles", dependencies: ["Addresses", "PacketFormats"], swiftSettings: settings),
        .executableTarget(
            name: "advertisement", dependencies: ["Addresses", "PacketFormats"], swiftSettings: settings),
        .executableTarget(name: "capture", dependencies: ["CaptureFiles"], swiftSettings: settings),
        .target(name: "VRRPProtocol", dependencies: ["Addresses", "PacketFormats"], swiftSettings: settings),
        .target(
            name: "BFDProtocol", dependencies: ["Addresses", "PacketFormats", "VRRPProtocol"],
            swiftSettings: settings),
        .executableTarget(
            name: "bfd", dependencies: ["BFDProtocol", "PacketFormats", "VRRPProtocol"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6])
