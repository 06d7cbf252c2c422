/// The version of vrrpctl, which is that of the first entry of CHANGELOG.md.
package enum ProgramVersion {
    package static let number = "0.1.0"
}
