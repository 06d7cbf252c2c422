import BFDProtocol
import Testing

/// RFC 5880, section 4.1: 0 AdminDown, 1 Down, 2 Init, 3 Up.
@Test func statesHaveTheNumbersOfTheProtocol() {
    #expect(SessionState.allCases.map(\.rawValue) == [0, 1, 2, 3])
}
