/// Where a rule stands, and what it says.
package struct RulePlace: Hashable, Sendable {
    /// Whose rule it is, which decides with what it is mended.
    package enum Owner: Hashable, Sendable {
        case nftables
        /// A table that firewalld made by nftables.
        case firewalld
        /// `iptables` or `ip6tables`, or one of them with `-legacy`.
        case iptables(program: String)
    }

    package var owner: Owner
    /// `inet filter`, or `filter` of iptables.
    package var table: String
    /// The chain that the kernel begins with.
    package var baseChain: String
    package var chain: String
    /// nftables' handle.
    package var handle: Int?
    /// The rule as its program shows it, or the policy of the chain.
    package var text: String

    package init(owner: Owner, table: String, baseChain: String, chain: String, handle: Int? = nil, text: String) {
        self.owner = owner
        self.table = table
        self.baseChain = baseChain
        self.chain = chain
        self.handle = handle
        self.text = text
    }
}
