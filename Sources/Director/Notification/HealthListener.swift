/// Who tells scripts, FIFOs and mail about the health of real servers and virtual servers.
package protocol HealthListener: AnyObject {
    func tell(_ notice: HealthNotice)
}
