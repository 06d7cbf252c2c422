/// Why something about a real server or a virtual server changed.
struct HealthCause {
    var check: any RunningCheck
    /// `TCP_CHECK refused the connection (2 attempts in 1.003 s)`
    var words: String

    init(_ check: any RunningCheck, _ words: String) {
        self.check = check
        self.words = words
    }
}
