/// `auth_hmac`: an HMAC-SHA256 trailer behind each advertisement (draft-cassen-vrrp-auth-hmac-00).
package struct MessageAuthentication: Hashable, Sendable {
    package enum Replay: String, Hashable, Sendable, CaseIterable {
        case time
        case monotonic
    }

    package enum Mode: String, Hashable, Sendable, CaseIterable {
        case enforce
        case permissive
        case receiveOnly = "receive-only"
    }

    package struct Key: Hashable, Sendable {
        package var identifier: UInt8
        /// The key as written: text, `hex:…` or `file:PATH`.
        package var text: String
        /// 32…64 bytes; nil for a key in a file.
        package var bytes: [UInt8]?
        package var file: String?
    }

    package var keys: [Setting<Key>] = []
    package var activeKey = Setting<Int?>(nil)
    package var replay = Setting(Replay.time)
    package var timeWindow = Setting(Duration.seconds(30))
    package var mode = Setting(Mode.enforce)

    package init() {}
}
