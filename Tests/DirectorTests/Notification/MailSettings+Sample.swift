@testable import Director
@testable import KeepalivedConfig

extension MailSettings {
    static var sample: MailSettings { sample(port: 25) }

    static func sample(host: String = "127.0.0.1", port: Int) -> MailSettings {
        var global = GlobalDefinitions()
        global.routerID.value = "LVS_A"
        global.mail.server.value = .init(host: host, port: port)
        global.mail.recipients = [Setting("admin@example.org"), Setting("ops@example.net")]
        global.mail.sender.value = "lb@example.org"
        global.mail.connectTimeout.value = .seconds(2)
        guard let settings = MailSettings(global, host: "lb1.example.org", user: "root") else {
            fatalError("a sample with a server and recipients")
        }
        return settings
    }
}
