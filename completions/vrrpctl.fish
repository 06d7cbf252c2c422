function __vrrpctl_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vrrpctl_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __vrrpctl_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __vrrpctl_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __vrrpctl_parse_tokens -S
    set -l unparsed_tokens (__vrrpctl_tokens -pc)
    switch $unparsed_tokens[1]
    case 'vrrpctl'
        __vrrpctl_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'run'
            __vrrpctl_parse_subcommand 0 'f/use-file=' 'i/config-id=' 'e/all-config' 'socket=' 'log-format=' 'log-level=' 'foreground' 'instance=' 'interface=' 'vrid=' 'priority=' 'address=+' 'vrrp-version=' 'advert-interval=' 'nopreempt' 'version' 'h/help'
        case 'reload'
            __vrrpctl_parse_subcommand 0 'socket=' 'dry-run' 'version' 'h/help'
        case 'check'
            __vrrpctl_parse_subcommand 0 'f/use-file=' 'i/config-id=' 'e/all-config' 'strict' 'json' 'any-host' 'version' 'h/help'
        case 'show-config'
            __vrrpctl_parse_subcommand 0 'f/use-file=' 'i/config-id=' 'e/all-config' 'json' 'secrets' 'any-host' 'version' 'h/help'
        case 'sniff'
            __vrrpctl_parse_subcommand 0 'read=' 'config=' 'policy=' 'json' 'version' 'h/help'
        case 'simulate'
            __vrrpctl_parse_subcommand 0 'f/use-file=' 'i/config-id=' 'e/all-config' 'peers=+' 'peer-config-id=+' 'fail=+' 'duration=' 'seed=' 'json' 'version' 'h/help'
        case 'digest'
            __vrrpctl_parse_subcommand 1 'server=' 'virtual-host=' 'sni=' 'protocol=' 'timeout=' 'json' 'version' 'h/help'
        case 'help'
            __vrrpctl_parse_subcommand -r 1 'version'
        end
    end
end

function __vrrpctl_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __vrrpctl_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __vrrpctl_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __vrrpctl_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__vrrpctl_tokens -p)
    if test -z "$(__vrrpctl_tokens -t)"
        set -l index (count (__vrrpctl_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'vrrpctl' -f
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'run' -d 'Runs the VRRP instances of a configuration.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'reload' -d 'Has a running daemon take up its configuration anew.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'check' -d 'Finds every fault of a configuration in one run.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'show-config' -d 'Shows a configuration as it is understood, each value with where it came from.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'sniff' -d 'Decodes the VRRP packets of a capture and says what a receiver makes of each.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'simulate' -d 'Plays the configurations of one or several nodes and tells who is active when, and why.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'digest' -d 'Fetches a page as a check does, and prints its digest.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" f file use-file' -s 'f' -l 'use-file' -l 'file' -d 'The configuration.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" config-id i' -s 'i' -l 'config-id' -d 'What @ID lines are compared with (default: the host\'s name up to the first dot).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" all-config e' -s 'e' -l 'all-config' -d 'An included file that is missing is an error.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" log-format' -l 'log-format' -d 'The form of the log: text or json.' -rfka 'text json'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" log-level' -l 'log-level' -d 'What is logged: error, warning, notice, info or debug, each with those before it.' -rfka 'error warning notice info debug'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" foreground' -l 'foreground' -d 'Stay in the foreground, as it does in any case.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" instance' -l 'instance' -d 'Run one instance of this name, without a file.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" interface' -l 'interface' -d 'The interface that the instance is on.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" vrid' -l 'vrid' -d 'Its virtual router ID, 1 to 255.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" priority' -l 'priority' -d 'Its priority, 1 to 255 (default: 100).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run"' -l 'address' -d 'Its virtual address, with prefix length; may be given again.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" vrrp-version' -l 'vrrp-version' -d 'Its VRRP version, 2 or 3 (default: 2, for IPv6 3).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" advert-interval' -l 'advert-interval' -d 'Seconds between its advertisements (default: 1).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" nopreempt' -l 'nopreempt' -d 'It does not take over from an active router with a lower priority.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl run" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl reload" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl reload" dry-run' -l 'dry-run' -d 'Tell what would change, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl reload" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl reload" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl check" f file use-file' -s 'f' -l 'use-file' -l 'file' -d 'The configuration; - is standard input.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl check" config-id i' -s 'i' -l 'config-id' -d 'What @ID lines are compared with (default: the host\'s name up to the first dot).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl check" all-config e' -s 'e' -l 'all-config' -d 'An included file that is missing is an error.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl check" strict' -l 'strict' -d 'Warnings count: end with status 4 if there are any.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl check" json' -l 'json' -d 'Write one JSON document.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl check" any-host' -l 'any-host' -d 'Leave out what depends on this machine: its interfaces, addresses, scripts and users.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl check" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl show-config" f file use-file' -s 'f' -l 'use-file' -l 'file' -d 'The configuration; - is standard input.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl show-config" config-id i' -s 'i' -l 'config-id' -d 'What @ID lines are compared with (default: the host\'s name up to the first dot).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl show-config" all-config e' -s 'e' -l 'all-config' -d 'An included file that is missing is an error.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl show-config" json' -l 'json' -d 'Write one JSON document.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl show-config" secrets' -l 'secrets' -d 'Write passwords and keys out.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl show-config" any-host' -l 'any-host' -d 'Leave out what depends on this machine: its interfaces, addresses, scripts and users.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl show-config" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl show-config" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" read' -l 'read' -d 'A pcap or pcapng file; - is standard input.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" config' -l 'config' -d 'The configuration whose instances judge.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" policy' -l 'policy' -d 'keepalived: both versions, both forms of checksum, authentication, unicast. strict: RFC 9568 with its errata and nothing else.' -rfka 'keepalived strict'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" json' -l 'json' -d 'Write one JSON object for each packet, each on a line.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate" f file use-file' -s 'f' -l 'use-file' -l 'file' -d 'The configuration; - is standard input.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate" config-id i' -s 'i' -l 'config-id' -d 'What @ID lines are compared with (default: the host\'s name up to the first dot).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate" all-config e' -s 'e' -l 'all-config' -d 'An included file that is missing is an error.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate"' -l 'peers' -d 'The configurations of the other nodes.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate"' -l 'peer-config-id' -d 'What the @ID lines of the peers are compared with, in the order of --peers (default: their router_id).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate"' -l 'fail' -d 'What goes wrong and when.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate" duration' -l 'duration' -d 'How long it is played (default: until everything that follows from the failures is over).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate" seed' -l 'seed' -d 'Where random numbers begin, such as those of loss.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate" json' -l 'json' -d 'Write one JSON document.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl simulate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl digest" server' -l 'server' -d 'Which address to connect to, whatever the host is.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl digest" virtual-host' -l 'virtual-host' -d 'The host that is asked for, as virtualhost has it.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl digest" sni' -l 'sni' -d 'The host that is asked for in the TLS handshake, as sni_name has it.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl digest" protocol' -l 'protocol' -d 'The version of HTTP, as http_protocol has it: 1.0, 1.0C (with Connection: close) or 1.1.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl digest" timeout' -l 'timeout' -d 'How long the server may say nothing.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl digest" json' -l 'json' -d 'Write one JSON document.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl digest" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl digest" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl help" version' -l 'version' -d 'Show the version.'
