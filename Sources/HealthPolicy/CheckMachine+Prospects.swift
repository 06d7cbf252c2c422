extension CheckMachine {
    /// Attempts that have failed in a row without having counted yet.
    package var failedAttempts: Int { isUp ? Int(failures) : 0 }

    /// Attempts in a row that have to succeed before a failed check is one that succeeds.
    package var attemptsToSuccess: Int {
        mustStartOver ? settings.steps + 1 : max(settings.steps - Int(step), 1)
    }
}
