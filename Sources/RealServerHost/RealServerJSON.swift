package import Reporting

/// What `vrrpctl real-server` says, for programs: one object.
package enum RealServerJSON {
    /// - Parameter isDryRun: Whether the steps were only planned.
    package static func write(_ plan: RealServerPlan, isDryRun: Bool, into text: inout Text) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("dryRun")
            writer.bool(isDryRun)
            writer.key("changes")
            writer.array { writer in
                for step in plan.steps {
                    writer.object { writer in
                        writer.key("command")
                        writer.string(step.command)
                        writer.key("before")
                        if case .write(_, _, let before?) = step { writer.number(before) } else { writer.null() }
                    }
                }
            }
            writer.key("notes")
            writer.array { writer in
                for note in plan.notes { writer.string(note) }
            }
        }
        text.append(writer.text.bytes)
        text.newline()
    }

    package static func write(_ statuses: [RealServerStatus], into text: inout Text) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("up")
            writer.bool(!statuses.isEmpty && statuses.allSatisfy(\.isUp))
            writer.key("addresses")
            writer.array { writer in
                for status in statuses {
                    writer.object { writer in
                        writer.key("address")
                        writer.address(status.address)
                        writer.key("method")
                        writer.string(status.method.rawValue)
                        writer.key("up")
                        writer.bool(status.isUp)
                        writer.key("recorded")
                        writer.bool(status.isRecorded)
                        writer.key("parts")
                        writer.array { writer in
                            for part in status.parts {
                                writer.object { writer in
                                    writer.key("name")
                                    writer.string(part.name)
                                    writer.key("value")
                                    writer.string(part.value)
                                    writer.key("wanted")
                                    writer.string(part.wanted)
                                    writer.key("right")
                                    writer.bool(part.isRight)
                                }
                            }
                        }
                    }
                }
            }
        }
        text.append(writer.text.bytes)
        text.newline()
    }
}
