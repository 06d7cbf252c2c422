import Testing
import VRRPReporting

@Suite("Timelines as JSON")
struct TimelineJSONTests {
    @Test("One document: nodes, transitions, rejections, and each address with its absences and overlaps")
    func document() throws {
        let report = try TimelinePlayer.report(
            [pairNode(priority: 150), pairNode(priority: 100)], fail: ["a:stop@10"], duration: "12")
        #expect(
            TimelinePlayer.json(report) == #"""
                {"version":1,"seed":1,"duration":12.0,"nodes":[
                {"name":"a","aliases":["node1","lb1.conf","lb1"],"instances":[{"name":"VI_1","interface":"eth0","address":"10.0.0.1","version":2,"vrid":50,"priority":150,"advert_int":1.0,"preempt":true,"unicast_peers":[],"addresses":["10.0.0.3"]}],"sync_groups":[]},
                {"name":"b","aliases":["node2","lb2.conf","lb2"],"instances":[{"name":"VI_1","interface":"eth0","address":"10.0.0.2","version":2,"vrid":50,"priority":100,"advert_int":1.0,"preempt":true,"unicast_peers":[],"addresses":["10.0.0.3"]}],"sync_groups":[]}],"failures":[
                {"what":"a:stop@10","from":10.0,"until":null,"text":"a is stopped"}],"transitions":[
                {"time":0.0,"node":"a","instance":"VI_1","from":"initialize","to":"backup","priority":150,"cause":"started","text":"started; takes over after 3.414 s (3 x 1 s + skew 0.414 s)"},
                {"time":0.0,"node":"b","instance":"VI_1","from":"initialize","to":"backup","priority":100,"cause":"started","text":"started; takes over after 3.609 s (3 x 1 s + skew 0.609 s)"},
                {"time":3.4140625,"node":"a","instance":"VI_1","from":"backup","to":"active","priority":150,"cause":"silence","text":"no advertisement for 3.414 s (3 x 1 s + skew 0.414 s)"},
                {"time":10.0,"node":"a","instance":"VI_1","from":"active","to":"initialize","priority":150,"cause":"shutdown","text":"stopped; sends priority 0"},
                {"time":10.609475,"node":"b","instance":"VI_1","from":"backup","to":"active","priority":100,"cause":"resignation","text":"priority 0 received from a (10.0.0.1), and nothing better in the skew time, 0.609 s"}],"events":[
                {"time":10.0,"node":null,"instance":null,"cause":"failure","text":"a is stopped"}],"rejections":[],"addresses":[
                {"address":"10.0.0.3","owners":[{"from":3.4140625,"until":10.0,"nodes":["a"]},{"from":10.609475,"until":12.0,"nodes":["b"]}],"absences":[{"from":0.0,"until":3.4140625,"nodes":[]},{"from":10.0,"until":10.609475,"nodes":[]}],"overlaps":[],"away_seconds":4.0235375,"overlap_seconds":0.0}],"findings":[]}

                """#)
    }
}
