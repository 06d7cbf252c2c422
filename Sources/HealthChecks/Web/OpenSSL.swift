import COpenSSL
import Glibc

/// What TLS connections share: settings, and what is shown to servers. Servers' certificates are not verified, like
/// keepalived's checks do not: a check finds out whether a server works, and reaches it by its address.
package final class TLSContext {
    /// Why there can be no TLS; goes after "cannot be checked: ".
    package struct Failure: Error, Hashable {
        package let phrase: String
    }

    fileprivate let context: OpaquePointer
    /// OpenSSL points to it.
    private let password: UnsafeMutablePointer<CChar>?

    /// - Parameters:
    ///   - password: What the key's file is locked with.
    ///   - authority, certificate, key: PEM files. Without a key file, the key is with the certificate.
    package init(
        password: String? = nil, authority: String? = nil, certificate: String? = nil, key: String? = nil
    ) throws(Failure) {
        // openssl.cnf, and the modules that it may load, are for programs that use the system's library. This one has
        // its own inside, and a static executable can load nothing.
        guard OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil) == 1,
            let context = SSL_CTX_new(TLS_client_method())
        else { throw Failure("OpenSSL does not start") }
        self.context = context
        self.password = strdup(password ?? "")
        _ = copenssl_set_mode(context)
        copenssl_forget_sessions(context)
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
        // Also without a password: OpenSSL would ask for one on the terminal.
        SSL_CTX_set_default_passwd_cb(context) { room, size, _, password in
            guard let room, let password = password?.assumingMemoryBound(to: CChar.self) else { return 0 }
            let length = strnlen(password, Int(max(0, size)))
            memcpy(room, password, length)
            return Int32(truncatingIfNeeded: length)
        }
        SSL_CTX_set_default_passwd_cb_userdata(context, self.password)
        if let authority, SSL_CTX_load_verify_locations(context, authority, nil) != 1 {
            throw Failure("the certificates of \(authority) cannot be read")
        }
        if let certificate, SSL_CTX_use_certificate_chain_file(context, certificate) != 1 {
            throw Failure("the certificate \(certificate) cannot be read")
        }
        if let key = key ?? certificate, SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1 {
            throw Failure("the key \(key) cannot be read, or is not that of the certificate")
        }
    }

    deinit {
        ERR_clear_error()
        SSL_CTX_free(context)
        free(password)
    }
}

extension TLSContext.Failure {
    /// With what OpenSSL says about it, of which the first is the cause.
    fileprivate init(_ phrase: String) {
        self.phrase = phrase + (OpenSSLError.first.map { " (\($0))" } ?? "")
    }
}

/// OpenSSL's list of what went wrong on this thread.
private enum OpenSSLError {
    /// The oldest entry's words. The list is empty afterwards: the next call's errors are its own.
    static var first: String? {
        defer { ERR_clear_error() }
        let code = ERR_peek_error()
        guard code != 0, let words = ERR_reason_error_string(code) else { return nil }
        return String(cString: words)
    }
}

/// One TLS connection, client's side, in memory: what came from the network goes in, what is to be sent comes out.
package final class TLSSession {
    package enum Handshake: Hashable {
        case done
        /// More must come from the server first.
        case underway
        /// The phrase goes after "TLS: ".
        case failed(String)
    }

    package enum Reading: Hashable {
        /// That many bytes were appended.
        case moved(Int)
        /// More must come from the server first.
        case later
        /// The server has said that it is done.
        case ended
        /// What came is no TLS, or the server says that something is wrong.
        case failed(String)
    }

    private let session: OpaquePointer
    /// What came and what is to go; the session owns both.
    private let incoming, outgoing: OpaquePointer

    /// - Parameter serverName: Which host the server is told that it is asked for (SNI); nil for none.
    package init?(_ context: TLSContext, serverName: String?) {
        guard let session = SSL_new(context.context) else { return nil }
        guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else {
            SSL_free(session)
            return nil
        }
        self.session = session
        (self.incoming, self.outgoing) = (incoming, outgoing)
        SSL_set_bio(session, incoming, outgoing)
        SSL_set_connect_state(session)
        if let serverName { _ = copenssl_set_server_name(session, serverName) }
    }

    deinit {
        SSL_free(session)
    }

    /// Takes what came from the network.
    package func take(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { _ = BIO_write(incoming, $0.baseAddress, Int32(truncatingIfNeeded: $0.count)) }
    }

    /// What is to be sent; empty where there is nothing. Each byte is given once.
    package func output() -> [UInt8] {
        var start: UnsafeMutablePointer<CChar>?
        let count = copenssl_content(outgoing, &start)
        guard count > 0, let start else { return [] }
        defer { copenssl_empty(outgoing) }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Goes on with the handshake, as far as what came allows.
    package func shakeHands() -> Handshake {
        ERR_clear_error()
        let result = SSL_do_handshake(session)
        if result == 1 { return .done }
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .underway
        default: return .failed(OpenSSLError.first ?? "the handshake failed")
        }
    }

    /// Makes records of it, for `output`; after the handshake only.
    package func write(_ bytes: [UInt8]) -> Bool {
        ERR_clear_error()
        return bytes.withUnsafeBytes {
            SSL_write(session, $0.baseAddress, Int32(truncatingIfNeeded: $0.count)) == Int32($0.count)
        }
    }

    /// Appends what the server has said, at most `limit` bytes.
    package func read(into bytes: inout [UInt8], atMost limit: Int) -> Reading {
        ERR_clear_error()
        return withUnsafeTemporaryAllocation(byteCount: min(limit, Self.largestRecord), alignment: 1) { room in
            let count = SSL_read(session, room.baseAddress, Int32(room.count))
            if count > 0 {
                bytes.append(contentsOf: room.prefix(Int(count)))
                return .moved(Int(count))
            }
            switch SSL_get_error(session, count) {
            case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .later
            case SSL_ERROR_ZERO_RETURN: return .ended
            default: return .failed(OpenSSLError.first ?? "the connection failed")
            }
        }
    }

    /// Says goodbye, for `output`.
    package func sayGoodbye() {
        ERR_clear_error()
        if SSL_is_init_finished(session) == 1 { SSL_shutdown(session) }
        ERR_clear_error()
    }

    private static let largestRecord = 16 << 10
}
