/// What is in `traits`, as if it were the real server's own.
extension RealServer {
    package var forwarding: Setting<Forwarding> {
        get { traits.value.forwarding }
        _modify { yield &traits.value.forwarding }
    }

    package var upperThreshold: Setting<Int> {
        get { traits.value.upperThreshold }
        _modify { yield &traits.value.upperThreshold }
    }

    package var lowerThreshold: Setting<Int> {
        get { traits.value.lowerThreshold }
        _modify { yield &traits.value.lowerThreshold }
    }

    package var inhibitsOnFailure: Setting<Bool> {
        get { traits.value.inhibitsOnFailure }
        _modify { yield &traits.value.inhibitsOnFailure }
    }

    package var isAlpha: Setting<Bool> {
        get { traits.value.isAlpha }
        _modify { yield &traits.value.isAlpha }
    }

    package var sendsMail: Setting<Bool> {
        get { traits.value.sendsMail }
        _modify { yield &traits.value.sendsMail }
    }

    package var notifyUp: Setting<ScriptCommand?> {
        get { traits.value.notifyUp }
        _modify { yield &traits.value.notifyUp }
    }

    package var notifyDown: Setting<ScriptCommand?> {
        get { traits.value.notifyDown }
        _modify { yield &traits.value.notifyDown }
    }

    package var virtualHost: Setting<String?> {
        get { traits.value.virtualHost }
        _modify { yield &traits.value.virtualHost }
    }

    package var timing: CheckTiming {
        get { traits.value.timing }
        _modify { yield &traits.value.timing }
    }
}
