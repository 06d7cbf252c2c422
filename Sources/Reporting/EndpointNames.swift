package import Addresses
package import IPVSModel

/// Turns an address and port into the text of a listing: numbers, or names that were looked up before.
package protocol EndpointNames {
    func write(_ address: IPAddress, _ port: UInt16, _ transport: TransportProtocol?, into text: inout Text)
}

/// `10.0.0.1:80` and `[2001:db8::1]:80`.
package struct NumericEndpoints: EndpointNames {
    package init() {}

    package func write(
        _ address: IPAddress, _ port: UInt16, _ transport: TransportProtocol?, into text: inout Text
    ) {
        switch address {
        case .v4(let address):
            text.append(address)
        case .v6:
            text.append(byte: UInt8(ascii: "["))
            text.append(address)
            text.append(byte: UInt8(ascii: "]"))
        }
        text.append(byte: UInt8(ascii: ":"))
        text.append(port)
    }
}

extension EndpointNames {
    package func write(
        _ endpoint: RealServer.Endpoint, _ transport: TransportProtocol?, into text: inout Text
    ) {
        write(endpoint.address, endpoint.port, transport, into: &text)
    }
}
