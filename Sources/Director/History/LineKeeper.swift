import ControlProtocol

/// Takes in the lines of the log that tell what has happened.
protocol LineKeeper: AnyObject {
    func record(_ line: LogLine, as kind: DirectorEvent.Kind)
}
