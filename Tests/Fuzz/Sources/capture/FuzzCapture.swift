import CaptureFiles

/// Any bytes are a capture file, whole or in pieces: reading it ends, with the same frames and the same fault.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCapture(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : size))
    let whole = read(bytes, inPiecesOf: max(bytes.count, 1))
    let pieces = read(bytes, inPiecesOf: 13)
    precondition(whole.frames == pieces.frames && whole.fault == pieces.fault)
    return 0
}

private func read(_ bytes: [UInt8], inPiecesOf length: Int) -> (frames: [[UInt8]], fault: CaptureFault?) {
    var reader = CaptureReader()
    var frames: [[UInt8]] = []
    var rest = bytes[...]
    do throws(CaptureFault) {
        while !rest.isEmpty {
            reader.append(rest.prefix(length))
            rest = rest.dropFirst(length)
            while let frame = try reader.next() {
                frames.append(Array(frame.bytes))
                if case .ip(let packet) = frame.payload { _ = PacketGlance(packet) }
            }
        }
        reader.finish()
        while let frame = try reader.next() { frames.append(Array(frame.bytes)) }
    } catch {
        return (frames, error)
    }
    return (frames, nil)
}
