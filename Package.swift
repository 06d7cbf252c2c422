// swift-tools-version: 6.2
import Foundation
import PackageDescription

// The kernel-facing targets need the headers of libnl, OpenSSL and PCRE2. Where they are missing the package is its pure
// half, so that `swift test` works on any machine; `scripts/test` installs the headers and says so in WITH_LIBNL,
// because the package manager remembers what a manifest evaluated to until an environment variable differs.
let withLibnl =
    Context.environment["WITH_LIBNL"] == "1"
    || ["libnl3/netlink/netlink.h", "openssl/ssl.h", "pcre2.h"].allSatisfy {
        FileManager.default.fileExists(atPath: "/usr/include/" + $0)
    }

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

var products: [Product] = [
    .library(name: "IPVSModel", targets: ["IPVSModel", "Addresses"]),
    .library(name: "PacketFormats", targets: ["PacketFormats", "Addresses"]),
    .library(name: "VRRPProtocol", targets: ["VRRPProtocol", "PacketFormats", "Addresses"]),
]

var targets: [Target] = [
    // Pure: no libc, no Foundation, no clock, no descriptor.
    .target(name: "Addresses", swiftSettings: settings),
    .target(name: "IPVSModel", dependencies: ["Addresses"], swiftSettings: settings),
    .target(name: "Reporting", dependencies: ["Addresses", "IPVSModel"], swiftSettings: settings),
    .target(name: "Screens", swiftSettings: settings),
    .target(name: "IPVSGrammar", dependencies: ["Addresses", "IPVSModel", "Reporting"], swiftSettings: settings),
    .target(name: "PacketFormats", dependencies: ["Addresses"], swiftSettings: settings),
    .target(name: "CaptureFiles", dependencies: ["Addresses", "PacketFormats"], swiftSettings: settings),
    .target(name: "VRRPProtocol", dependencies: ["Addresses", "PacketFormats"], swiftSettings: settings),
    .target(
        name: "VRRPSimulation", dependencies: ["Addresses", "PacketFormats", "VRRPProtocol"], swiftSettings: settings),
    .target(name: "HealthPolicy", dependencies: ["VRRPProtocol"], swiftSettings: settings),
    .target(
        name: "BFDProtocol", dependencies: ["Addresses", "PacketFormats", "VRRPProtocol"], swiftSettings: settings),
    .target(name: "KeepalivedConfig", dependencies: ["Addresses", "IPVSModel"], swiftSettings: settings),
    .target(
        name: "VRRPAssembly",
        dependencies: ["Addresses", "KeepalivedConfig", "PacketFormats", "VRRPProtocol", "VRRPSimulation"],
        swiftSettings: settings),
    .target(
        name: "VRRPReporting",
        dependencies: [
            "Addresses", "CaptureFiles", "ControlProtocol", "KeepalivedConfig", "PacketFormats", "Reporting", "Screens",
            "VRRPProtocol", "VRRPSimulation",
        ],
        swiftSettings: settings),
    .target(
        name: "Diagnosis",
        dependencies: [
            "Addresses", "ControlProtocol", "KeepalivedConfig", "PacketFormats", "Reporting", "VRRPReporting",
        ],
        swiftSettings: settings),

    // What vrrpctl and a running director say to each other.
    .target(name: "ControlProtocol", dependencies: ["PacketFormats", "Reporting"], swiftSettings: settings),
    // What `vrrpctl watch` shows and what its keys do.
    .target(
        name: "DirectorWatch", dependencies: ["ControlProtocol", "Reporting", "Screens", "VRRPReporting"],
        swiftSettings: settings),

    // MD5 and SHA-256 for the packets' authentication; this machine's files and interfaces.
    .target(
        name: "PacketAuthentication",
        dependencies: ["PacketFormats", .product(name: "Crypto", package: "swift-crypto")], swiftSettings: settings),
    .target(name: "LocalHost", dependencies: ["Addresses", "KeepalivedConfig"], swiftSettings: settings),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(name: "AddressesTests", dependencies: ["Addresses", "TestSupport"], swiftSettings: settings),
    .testTarget(
        name: "IPVSModelTests", dependencies: ["IPVSModel", "Addresses", "TestSupport"], swiftSettings: settings),
    .testTarget(
        name: "ReportingTests", dependencies: ["Reporting", "IPVSModel", "Addresses", "TestSupport"],
        swiftSettings: settings),
    .testTarget(
        name: "IPVSGrammarTests", dependencies: ["IPVSGrammar", "IPVSModel", "Addresses", "Reporting", "TestSupport"],
        swiftSettings: settings),

    .testTarget(
        name: "PacketFormatsTests",
        dependencies: ["PacketFormats", "PacketAuthentication", "Addresses", "TestSupport"],
        resources: [.copy("Fixtures")], swiftSettings: settings),
    .testTarget(
        name: "CaptureFilesTests", dependencies: ["CaptureFiles", "PacketFormats", "Addresses", "TestSupport"],
        resources: [.copy("Fixtures")], swiftSettings: settings),
    .testTarget(
        name: "VRRPProtocolTests", dependencies: ["VRRPProtocol", "PacketFormats", "Addresses", "TestSupport"],
        resources: [.copy("Fixtures")], swiftSettings: settings),
    .testTarget(
        name: "VRRPSimulationTests",
        dependencies: ["VRRPSimulation", "VRRPProtocol", "PacketFormats", "Addresses", "TestSupport"],
        swiftSettings: settings),
    .testTarget(
        name: "HealthPolicyTests", dependencies: ["HealthPolicy", "VRRPProtocol", "TestSupport"],
        swiftSettings: settings),
    .testTarget(
        name: "BFDProtocolTests",
        dependencies: ["BFDProtocol", "PacketFormats", "VRRPProtocol", "Addresses", "TestSupport"],
        swiftSettings: settings),
    .testTarget(
        name: "KeepalivedConfigTests", dependencies: ["KeepalivedConfig", "Addresses", "IPVSModel", "TestSupport"],
        resources: [.copy("Fixtures")], swiftSettings: settings),
    .testTarget(
        name: "LocalHostTests", dependencies: ["LocalHost", "KeepalivedConfig", "Addresses", "TestSupport"],
        swiftSettings: settings),
    .testTarget(
        name: "VRRPAssemblyTests",
        dependencies: [
            "VRRPAssembly", "KeepalivedConfig", "VRRPProtocol", "VRRPSimulation", "PacketFormats", "Addresses",
            "TestSupport",
        ],
        swiftSettings: settings),
    .testTarget(
        name: "DiagnosisTests",
        dependencies: ["Diagnosis", "ControlProtocol", "KeepalivedConfig", "Reporting", "Addresses", "TestSupport"],
        resources: [.copy("Fixtures")], swiftSettings: settings),
    .testTarget(
        name: "VRRPReportingTests",
        dependencies: [
            "VRRPReporting", "CaptureFiles", "ControlProtocol", "KeepalivedConfig", "PacketAuthentication",
            "PacketFormats", "Reporting", "VRRPAssembly", "VRRPProtocol", "VRRPSimulation", "Addresses", "TestSupport",
        ],
        swiftSettings: settings),

    .testTarget(
        name: "ControlProtocolTests",
        dependencies: ["ControlProtocol", "PacketFormats", "Reporting", "TestSupport"], swiftSettings: settings),

    .testTarget(name: "ScreensTests", dependencies: ["Screens", "TestSupport"], swiftSettings: settings),
    .testTarget(
        name: "DirectorWatchTests", dependencies: ["DirectorWatch", "ControlProtocol", "Reporting", "Screens"],
        swiftSettings: settings),

    // What the lab runs in the guest: both programs, case by case.
    .executableTarget(
        name: "differential", path: "Tests/Differential", exclude: ["cases"], swiftSettings: settings),
    // A hundred thousand scenarios of the simulation, optimised.
    .executableTarget(
        name: "simulate-scenarios", dependencies: ["VRRPSimulation", "VRRPProtocol"], path: "Tests/Scenarios",
        swiftSettings: settings),
]

if withLibnl {
    products += [
        .library(name: "IPVS", targets: ["IPVS", "IPVSModel", "Addresses", "Netlink"]),
        .executable(name: "ipvsadm", targets: ["ipvsadm"]),
        .executable(name: "vrrpctl", targets: ["vrrpctl"]),
    ]
    targets += [
        .systemLibrary(
            name: "CNetlink", pkgConfig: "libnl-genl-3.0", providers: [.apt(["libnl-3-dev", "libnl-genl-3-dev"])]),
        .target(name: "CLinux"),
        .target(name: "CArguments"),
        // A terminal taken over for a full-screen picture, and given back.
        .target(name: "TerminalControl", dependencies: ["CLinux"], swiftSettings: settings),
        .target(name: "Netlink", dependencies: ["CNetlink", "CLinux"], swiftSettings: settings),
        .target(
            name: "IPVS", dependencies: ["Netlink", "CLinux", "IPVSModel", "Addresses"], swiftSettings: settings),
        .target(
            name: "IPVSAdmin",
            dependencies: [
                "IPVS", "Netlink", "CLinux", "IPVSGrammar", "IPVSModel", "Reporting", "Screens", "TerminalControl",
                "Addresses",
            ],
            swiftSettings: settings),
        .executableTarget(name: "ipvsadm", dependencies: ["IPVSAdmin", "CArguments"], swiftSettings: settings),

        // The daemon: one loop, the kernel's network configuration, and what decides over both.
        .target(
            name: "Reactor", dependencies: ["CLinux", "VRRPProtocol", "PacketFormats", "Addresses"],
            swiftSettings: settings),
        .target(name: "Routing", dependencies: ["Netlink", "CLinux", "Addresses"], swiftSettings: settings),
        // What is read of this host for the doctor.
        .target(
            name: "Inspection",
            dependencies: [
                "Routing", "CLinux", "Diagnosis", "ControlProtocol", "LocalHost", "KeepalivedConfig", "PacketFormats",
                "VRRPReporting", "WireCapture", "Addresses",
            ],
            swiftSettings: settings),
        // The checks of real servers. TLS and regular expressions are those that keepalived has.
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .target(
            name: "HealthChecks",
            dependencies: [
                "HealthPolicy", "Reactor", "CLinux", "COpenSSL", "CPCRE2", "KeepalivedConfig", "PacketFormats",
                "VRRPProtocol", "Addresses", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "Director",
            dependencies: [
                "ControlProtocol", "Reactor", "Routing", "HealthChecks", "HealthPolicy", "BFDProtocol", "IPVS",
                "IPVSModel", "Netlink", "CLinux", "KeepalivedConfig", "LocalHost", "PacketFormats", "Reporting",
                "VRRPAssembly",
                "VRRPProtocol", "VRRPReporting", "Addresses",
            ],
            swiftSettings: settings),
        // This host as a real server of a director.
        .target(
            name: "RealServerHost", dependencies: ["Routing", "Reporting", "Addresses"], swiftSettings: settings),
        // What is heard on the wire by whoever is no router there.
        .target(
            name: "WireCapture",
            dependencies: [
                "Reactor", "CLinux", "CaptureFiles", "PacketFormats", "VRRPProtocol", "VRRPReporting", "Addresses",
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "vrrpctl",
            dependencies: [
                "Addresses", "CaptureFiles", "CLinux", "ControlProtocol", "Diagnosis", "Director", "HealthChecks",
                "HealthPolicy", "Inspection", "KeepalivedConfig", "LocalHost", "PacketAuthentication",
                "PacketFormats", "Reactor", "Reporting", "VRRPAssembly", "VRRPProtocol", "VRRPReporting",
                "VRRPSimulation", "WireCapture", "RealServerHost", "DirectorWatch", "Screens", "TerminalControl",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "IPVSTests", dependencies: ["IPVS", "Netlink", "IPVSModel", "Addresses", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "IPVSAdminTests",
            dependencies: [
                "IPVSAdmin", "IPVS", "Netlink", "IPVSGrammar", "IPVSModel", "Reporting", "Addresses", "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ReactorTests",
            dependencies: ["Reactor", "CLinux", "VRRPProtocol", "PacketFormats", "Addresses", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "RealServerHostTests", dependencies: ["RealServerHost", "Routing", "Reporting", "Addresses"],
            swiftSettings: settings),
        // Network namespaces for tests that want a kernel.
        .target(
            name: "NetworkTestSupport", dependencies: ["CLinux"], path: "Tests/NetworkTestSupport",
            swiftSettings: settings),
        .testTarget(
            name: "RoutingTests",
            dependencies: ["Routing", "Netlink", "Addresses", "NetworkTestSupport", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "HealthChecksTests",
            dependencies: [
                "HealthChecks", "HealthPolicy", "Reactor", "CLinux", "KeepalivedConfig", "PacketFormats",
                "VRRPProtocol", "Addresses", "NetworkTestSupport", "TestSupport",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "DirectorTests",
            dependencies: [
                "Director", "ControlProtocol", "Reactor", "Routing", "HealthChecks", "HealthPolicy", "BFDProtocol",
                "IPVS", "IPVSModel", "Netlink", "CLinux", "KeepalivedConfig", "PacketAuthentication", "PacketFormats",
                "Reporting",
                "VRRPAssembly", "VRRPProtocol", "VRRPReporting", "Addresses", "NetworkTestSupport", "TestSupport",
            ],
            swiftSettings: settings),
    ]
}

let package = Package(
    name: "ipvs", products: products,
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: targets, swiftLanguageModes: [.v6])
