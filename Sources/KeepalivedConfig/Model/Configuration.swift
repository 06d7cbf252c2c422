/// A keepalived.conf as it is understood: every default filled in, each value with the place that it came from.
package struct Configuration: Hashable, Sendable {
    package var global = GlobalDefinitions()
    package var scripts: [VRRPScript] = []
    package var trackProcesses: [TrackProcess] = []
    package var trackFiles: [TrackFile] = []
    package var bfdInstances: [BFDInstance] = []
    package var instances: [VRRPInstance] = []
    package var syncGroups: [SyncGroup] = []
    package var trackGroups: [TrackGroup] = []
    package var staticAddresses: [Setting<VirtualAddress>] = []
    package var staticRoutes: [Setting<Route>] = []
    package var staticRules: [Setting<RoutingRule>] = []
    package var announcementGroups: [AnnouncementGroup] = []
    package var interfaceDelays: [Setting<InterfaceDelay>] = []
    package var linkbeatInterfaces: [Setting<LinkbeatInterface>] = []
    package var virtualServerGroups: [VirtualServerGroup] = []
    package var virtualServers: [VirtualServer] = []
    package var tls: TLSCredentials?
    package var ignored: [Setting<IgnoredStatement>] = []

    package init() {}
}
