import CaptureFiles

/// All frames of a file, and the fault that it ends with.
func readAll(_ bytes: [UInt8], inPiecesOf length: Int = .max) -> (frames: [CapturedFrame], fault: CaptureFault?) {
    var reader = CaptureReader()
    var frames: [CapturedFrame] = []
    var rest = bytes[...]
    do throws(CaptureFault) {
        while !rest.isEmpty {
            reader.append(rest.prefix(length))
            rest = rest.dropFirst(length)
            while let frame = try reader.next() { frames.append(frame) }
        }
        reader.finish()
        while let frame = try reader.next() { frames.append(frame) }
    } catch {
        return (frames, error)
    }
    return (frames, nil)
}

func read(_ bytes: [UInt8], inPiecesOf length: Int = .max) throws -> [CapturedFrame] {
    let (frames, fault) = readAll(bytes, inPiecesOf: length)
    if let fault { throw fault }
    return frames
}
