import Addresses
import IPVSGrammar
import IPVSModel
import Testing

@Suite("Edits: patches, and what whole edits reset")
struct PatchTests {
    private static let identity = VirtualService.Identity.address(.udp, v4(10, 0, 0, 1), port: 53)

    /// A service with everything set.
    private static let service = VirtualService(
        identity: identity, scheduler: "sh", flags: [.persistent, .hashed, .onePacket, .scheduler1],
        persistenceTimeout: 360, persistenceMask: .init(0xffff_ff00), persistenceEngine: "sip")

    private static let server = RealServer(
        endpoint: .init(address: v4(10, 0, 0, 2), port: 53), forwarding: .tunnel, weight: 5, upperThreshold: 500,
        lowerThreshold: 100, tunnel: Tunnel(type: .gue, port: 6080, checksum: .checksum))

    /// The edit that a command line makes.
    private func serviceEdit(_ options: String, patch: Bool) throws -> (VirtualService, Options) {
        guard
            case .editService(let edit, let how) = parse("-E -u 10.0.0.1:53 \(options)\(patch ? " --patch" : "")")
                .command
        else { throw Refused() }
        return (edit, how.given)
    }

    private func serverEdit(_ options: String, patch: Bool) throws -> (RealServer, Options) {
        let line = "-e -u 10.0.0.1:53 -r 10.0.0.2 \(options)\(patch ? " --patch" : "")"
        guard case .editServer(let edit, _, let how) = parse(line).command else { throw Refused() }
        return (edit, how.given)
    }

    private struct Refused: Error {}

    private static func service(_ change: (inout VirtualService) -> Void) -> VirtualService {
        var changed = service
        change(&changed)
        return changed
    }

    private static func server(_ change: (inout RealServer) -> Void) -> RealServer {
        var changed = server
        change(&changed)
        return changed
    }

    @Test(
        "A patch of a service changes what is given",
        arguments: [
            ("", service),
            ("-s rr", service { $0.scheduler = "rr" }),
            ("-p 60", service { $0.persistenceTimeout = 60 }),
            // Named without a value it is the default.
            ("-p", service { $0.persistenceTimeout = 360 }),
            ("-M 255.255.0.0", service { $0.persistenceMask = .init(0xffff_0000) }),
            ("-b flag-2", service { $0.flags = [.persistent, .hashed, .onePacket, .scheduler2] }),
            ("-b ,", service { $0.flags = [.persistent, .hashed, .onePacket] }),
            ("-o", service),
        ])
    func servicePatches(options: String, expected: VirtualService) throws {
        let (edit, given) = try serviceEdit(options, patch: true)
        #expect(Self.service.patched(with: edit, given) == expected)
    }

    @Test("A patch with an empty engine takes the engine away")
    func engineOff() throws {
        let words = ["-E", "-u", "10.0.0.1:53", "--pe", "", "--patch"]
        guard case .editService(let edit, let how) = parse(words: words).command else { throw Refused() }
        #expect(Self.service.patched(with: edit, how.given).persistenceEngine == "")
    }

    @Test("A patch that makes a service persistent gives it the mask of the command line or the whole one")
    func newPersistence() throws {
        let plain = VirtualService(identity: Self.identity, scheduler: "rr", persistenceMask: .init(0))
        for (options, mask) in [("-p 60", 0xffff_ffff), ("-p 60 -M 255.255.255.0", 0xffff_ff00)] as [(String, UInt32)] {
            let (edit, given) = try serviceEdit(options, patch: true)
            let patched = plain.patched(with: edit, given)
            #expect(patched.flags == .persistent)
            #expect(patched.persistenceTimeout == 60)
            #expect(patched.persistenceMask.value == mask)
        }
    }

    @Test(
        "A patch of a server changes what is given",
        arguments: [
            ("", server),
            ("-w 0", server { $0.weight = 0 }),
            ("-m", server { $0.forwarding = .masquerade }),
            ("-x 9", server { $0.upperThreshold = 9 }),
            ("-y 9", server { $0.lowerThreshold = 9 }),
            ("-x 0", server { $0.upperThreshold = 0 }),
            ("--tun-port 9", server { $0.tunnel.port = 9 }),
            ("--tun-nocsum", server { $0.tunnel.checksum = .none }),
            ("--tun-remcsum", server { $0.tunnel.checksum = .remote }),
            ("--tun-type gre", server { $0.tunnel.type = .gre }),
        ])
    func serverPatches(options: String, expected: RealServer) throws {
        let (edit, given) = try serverEdit(options, patch: true)
        #expect(Self.server.patched(with: edit, given) == expected)
    }

    @Test(
        "A whole edit of a service tells what it resets",
        arguments: [
            (
                "",
                [
                    "scheduler sh to wlc", "scheduler flags sh-fallback to none", "persistence of 360 seconds to none",
                    "persistence engine sip to none", "one-packet scheduling to off",
                ]
            ),
            ("-s sh -b sh-port -p 60 --pe sip -o", []),
            // What is given is no reset, whatever it says.
            ("-s rr -p 60 --pe sip -o", ["scheduler flags sh-fallback to none"]),
            ("-s wlc -b flag-1 -p --pe sip", ["one-packet scheduling to off"]),
        ])
    func serviceResets(options: String, expected: [String]) throws {
        let (edit, given) = try serviceEdit(options, patch: false)
        #expect(Self.service.resets(by: edit, given) == expected)
    }

    @Test("Nothing to reset in a plain service")
    func nothingToReset() throws {
        let plain = VirtualService(identity: Self.identity, flags: .hashed)
        let (edit, given) = try serviceEdit("", patch: false)
        #expect(plain.resets(by: edit, given) == [])
    }

    @Test(
        "A whole edit of a server tells what it resets",
        arguments: [
            (
                "",
                [
                    "forwarding method Tunnel to Route", "weight 5 to 1", "upper threshold 500 to 0",
                    "lower threshold 100 to 0",
                ]
            ),
            ("-m -w 3 -x 0 -y 0", []),
            ("-w 0", ["forwarding method Tunnel to Route", "upper threshold 500 to 0", "lower threshold 100 to 0"]),
            ("-i -w 5 -x 500 -y 100", ["tunnel type gue to ipip"]),
            ("-i --tun-type gre -w 5 -x 500 -y 100", []),
        ])
    func serverResets(options: String, expected: [String]) throws {
        let (edit, given) = try serverEdit(options, patch: false)
        #expect(Self.server.resets(by: edit, given) == expected)
    }
}
