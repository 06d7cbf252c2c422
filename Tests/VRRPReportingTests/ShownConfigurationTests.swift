import KeepalivedConfig
import Reporting
import Testing
import VRRPReporting

@Suite("Showing a configuration as it is understood")
struct ShownConfigurationTests {
    private func understand(_ text: String) -> (tree: ConfigurationTree, configuration: Configuration) {
        let tree = ConfigurationReader.read(text: text)
        return (tree, Configuration.understand(tree).configuration)
    }

    private func shown(_ text: String, secrets: Bool = true) -> String {
        let (tree, configuration) = understand(text)
        var written = Text()
        ShownConfigurationText(
            ShownConfiguration(path: "a.conf", files: tree.files, configuration: configuration, showsSecrets: secrets)
        ).write(into: &written)
        return written.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private static let pair = """
        global_defs {
            vrrp_garp_master_delay 3
            smtp_alert
            script_user root
            vrrp_min_garp
            lvs_sync_daemon eth1 inst VI_1 id 5
            lvs_timeouts tcp 100 udp 15
            enable_dbus
            dynamic_interfaces allow_if_changes
        }
        vrrp_script chk {
            script "/bin/check 'a b' \\"c\\" # d"
            interval 2
            weight -60 reverse
        }
        vrrp_track_process web {
            process nginx -g "daemon off"
            delay 1.5
        }
        track_file load {
            file /run/load
            init_file 3 overwrite
        }
        bfd_instance peer {
            neighbor_ip 192.0.2.2
            min_rx 3.312
        }
        vrrp_instance VI_1 {
            state MASTER
            interface eth0
            virtual_router_id 51
            priority 150
            nopreempt
            authentication {
                auth_type PASS
                auth_pass secret12
            }
            virtual_ipaddress {
                192.0.2.10/24 brd + dev eth1 scope global label eth1:0
                2001:db8::10/64
            }
            virtual_routes {
                default via 192.0.2.1 dev eth0 metric 5
            }
            virtual_rules {
                from 192.0.2.0/24 table 5 preference 7
            }
            unicast_src_ip 192.0.2.1
            unicast_peer {
                192.0.2.2 min_ttl 254 max_ttl 255
            }
            track_script {
                chk weight 5
            }
            track_interface {
                eth1 weight -10
            }
            use_vmac name vrrp.51 00:00:5e:00:01:33
            vmac_xmit_base
            notify_master "/bin/notify \\"a b\\"" root root
            notify_deleted
            smtp_alert no
        }
        vrrp_instance VI_2 {
            interface eth0
            virtual_router_id 52
            strict_mode
            version 3
            auth_hmac {
                key 1 01234567890123456789012345678901
                time_window 60
            }
            virtual_ipaddress {
                fe80::10
            }
            timer_expired_backup 5
        }
        vrrp_sync_group G {
            group {
                VI_1
                VI_2
            }
            track_file {
                load weight 1
            }
        }
        static_ipaddress {
            192.0.2.99/32 dev eth0
        }
        """

    private static let director = """
        virtual_server_group web {
            192.0.2.1-9 80
            fwmark 7 inet6
        }
        virtual_server group web {
            lb_algo sh
            sh-port
            lb_kind TUN type gue port 5555 csum
            protocol TCP
            delay_loop 2.5
            persistence_timeout
            quorum 9
            sorry_server 192.0.2.250 80
            quorum_up "/bin/up"
            real_server 192.0.2.20 80 {
                weight 3
                inhibit_on_failure
                smtp_alert no
                HTTP_GET {
                    url {
                        path /x
                        status_code 200-299 404
                        regex "up (and|or) running#!"
                    }
                    connect_timeout 3
                }
                MISC_CHECK {
                    misc_path "/bin/check 'x y'"
                }
                UDP_CHECK {
                    payload Ab12f 3
                    require_reply 0x1x
                }
                SMTP_CHECK {
                    helo_name lb
                }
                DNS_CHECK {
                    type A
                    name example.com
                }
            }
        }
        virtual_server fwmark 5 {
            protocol UDP
            ops
            real_server 192.0.2.21 53 {
                BFD_CHECK {
                    name peer
                }
                FILE_CHECK {
                    track_file load
                    weight 2
                }
            }
        }
        SSL {
            password x
        }
        """

    @Test(
        "What is shown can be read again and means the same", arguments: [pair, director, pair + "\n" + director, ""])
    func roundTrip(text: String) {
        var first = understand(text).configuration
        var again = understand(shown(text)).configuration
        // Lines without effect are shown as comments.
        first.ignored = []
        again.ignored = []
        #expect(again == first)
    }

    @Test("Showing what is shown changes nothing but the places")
    func fixedPoint() {
        func values(_ text: String) -> [Substring] { text.split(separator: "\n").map { $0.prefix { $0 != "#" } } }
        let once = shown(Self.pair)
        #expect(values(shown(once)).filter { !$0.isEmpty } == values(once).filter { !$0.isEmpty })
    }

    @Test("Each line says where it came from")
    func origins() {
        func remark(_ line: String, in text: String) -> String? {
            text.split(separator: "\n").first { $0.trimmingPrefix(while: { $0 == " " }).hasPrefix(line) }
                .flatMap { $0.split(separator: "#").last.map { String($0.drop { $0 == " " }) } }
        }
        let text = shown(
            """
            global_defs {
                vrrp_version 3
            }
            vrrp_instance A {
                interface eth0
                virtual_router_id 1
                priority 120
                no_virtual_ipaddress
                garp_master_delay 2
            }
            """)
        let path = ConfigurationReader.read(text: "").files.first?.path ?? ""
        #expect(remark("priority 120", in: text) == "\(path):7")
        #expect(remark("advert_int 1", in: text) == "default")
        #expect(remark("version 3", in: text) == "from global_defs \(path):2")
        #expect(remark("garp_lower_prio_delay 2", in: text) == "because of garp_master_delay \(path):9")
    }

    @Test("Passwords and keys are masked unless they are asked for")
    func secrets() {
        let masked = shown(Self.pair, secrets: false)
        #expect(!masked.contains("secret12"))
        #expect(!masked.contains("0123456789"))
        #expect(masked.contains("auth_pass ********"))
        #expect(shown(Self.pair).contains("auth_pass secret12"))
    }

    @Test("Lines without effect are shown with the reason")
    func withoutEffect() {
        #expect(shown(Self.pair).contains("#   enable_dbus (there is no D-Bus service"))
    }

    @Test("The JSON document has values of their own kinds, with their origins")
    func json() {
        let (tree, configuration) = understand(Self.pair)
        var writer = JSONWriter()
        ShownConfigurationJSON(
            ShownConfiguration(path: "a.conf", files: tree.files, configuration: configuration, showsSecrets: false)
        ).write(into: &writer)
        let text = writer.text.withBytes { String(decoding: $0, as: UTF8.self) }
        #expect(text.hasPrefix("{\"version\":1,\"file\":\"a.conf\""))
        #expect(text.contains("{\"keyword\":\"priority\",\"value\":150,\"origin\":{\"kind\":\"file\""))
        #expect(text.contains("{\"keyword\":\"advert_int\",\"value\":1,\"origin\":{\"kind\":\"default\"}}"))
        #expect(
            text.contains(
                "{\"keyword\":\"nopreempt\",\"value\":false,\"origin\":{\"kind\":\"rule\",\"because\":\"state MASTER\"")
        )
        #expect(text.contains("{\"keyword\":\"fork_delay\",\"value\":1.5,"))
        #expect(!text.contains("secret12"))
    }
}
