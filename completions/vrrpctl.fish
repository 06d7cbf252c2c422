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
        case 'status'
            __vrrpctl_parse_subcommand 1 'socket=' 'json' 'version' 'h/help'
        case 'servers'
            __vrrpctl_parse_subcommand 1 'socket=' 'json' 'version' 'h/help'
        case 'watch'
            __vrrpctl_parse_subcommand 0 'socket=' 'interval=' 'lines' 'json' 'count=' 'duration=' 'version' 'h/help'
        case 'events'
            __vrrpctl_parse_subcommand 1 'socket=' 'follow' 'since=' 'kind=+' 'json' 'version' 'h/help'
        case 'explain'
            __vrrpctl_parse_subcommand 1 'socket=' 'json' 'version' 'h/help'
        case 'failover'
            __vrrpctl_parse_subcommand 1 'back' 'for=' 'force' 'socket=' 'dry-run' 'version' 'h/help'
        case 'maintenance'
            __vrrpctl_parse_subcommand 1 'strict' 'for=' 'force' 'socket=' 'dry-run' 'version' 'h/help'
        case 'priority'
            __vrrpctl_parse_subcommand 2 'socket=' 'dry-run' 'version' 'h/help'
        case 'server'
            __vrrpctl_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'drain'
                __vrrpctl_parse_subcommand 2 'socket=' 'dry-run' 'wait' 'timeout=' 'version' 'h/help'
            case 'disable'
                __vrrpctl_parse_subcommand 2 'socket=' 'dry-run' 'version' 'h/help'
            case 'enable'
                __vrrpctl_parse_subcommand 2 'socket=' 'dry-run' 'version' 'h/help'
            end
        case 'reload'
            __vrrpctl_parse_subcommand 0 'socket=' 'dry-run' 'version' 'h/help'
        case 'stop'
            __vrrpctl_parse_subcommand 0 'socket=' 'dry-run' 'version' 'h/help'
        case 'check'
            __vrrpctl_parse_subcommand 0 'f/use-file=' 'i/config-id=' 'e/all-config' 'strict' 'json' 'any-host' 'version' 'h/help'
        case 'show-config'
            __vrrpctl_parse_subcommand 0 'f/use-file=' 'i/config-id=' 'e/all-config' 'json' 'secrets' 'any-host' 'version' 'h/help'
        case 'doctor'
            __vrrpctl_parse_subcommand 0 'f/use-file=' 'i/config-id=' 'socket=' 'listen=' 'no-wire' 'json' 'fix' 'yes' 'dry-run' 'version' 'h/help'
        case 'sniff'
            __vrrpctl_parse_subcommand 0 'i/interface=+' 'read=' 'config=' 'policy=' 'packets' 'summary' 'json' 'write=' 'write-limit=' 'duration=' 'count=' 'no-promiscuous' 'version' 'h/help'
        case 'simulate'
            __vrrpctl_parse_subcommand 0 'f/use-file=' 'i/config-id=' 'e/all-config' 'peers=+' 'peer-config-id=+' 'fail=+' 'duration=' 'seed=' 'json' 'version' 'h/help'
        case 'digest'
            __vrrpctl_parse_subcommand 1 'server=' 'virtual-host=' 'sni=' 'protocol=' 'timeout=' 'json' 'version' 'h/help'
        case 'real-server'
            __vrrpctl_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'up'
                __vrrpctl_parse_subcommand -r 1 'method=' 'dry-run' 'json' 'version' 'h/help'
            case 'down'
                __vrrpctl_parse_subcommand -r 1 'dry-run' 'json' 'version' 'h/help'
            case 'status'
                __vrrpctl_parse_subcommand -r 1 'method=' 'json' 'version' 'h/help'
            end
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
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'status' -d 'Shows what a running daemon\'s virtual routers are doing, and why.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'servers' -d 'Shows a running daemon\'s virtual servers with their real servers.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'watch' -d 'Shows virtual routers, servers and events of a running daemon, live.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'events' -d 'Shows what has happened to a director.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'explain' -d 'Says why an instance or a server is in its state.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'failover' -d 'Hands an instance\'s addresses over to another router.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'maintenance' -d 'Hands all instances of this node over, and keeps them away.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'priority' -d 'Sets the priority of a running instance.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'server' -d 'Drains, disables or enables a real server of a virtual server.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'reload' -d 'Has a running daemon take up its configuration anew.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'stop' -d 'Ends a running daemon in good order.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'check' -d 'Finds every fault of a configuration in one run.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'show-config' -d 'Shows a configuration as it is understood, each value with where it came from.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'doctor' -d 'Finds what on this host breaks VRRP and LVS.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'sniff' -d 'Shows the VRRP packets of a network or of a capture, and says what is wrong with them.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'simulate' -d 'Plays the configurations of one or several nodes and tells who is active when, and why.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'digest' -d 'Fetches a page as a check does, and prints its digest.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl" -eq 1' -fa 'real-server' -d 'Makes this host a real server of a director: virtual addresses that nobody hears of.'
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
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl status" -eq 1' -fka '(__vrrpctl_custom_completion ---completion status -- positional@0 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl status" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl status" json' -l 'json' -d 'Write one JSON document.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl status" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl servers" -eq 1' -fka '(__vrrpctl_custom_completion ---completion servers -- positional@0 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl servers" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl servers" json' -l 'json' -d 'Write one JSON document.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl servers" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl servers" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl watch" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl watch" interval' -l 'interval' -d 'Ask so often, 0.1 to 3600.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl watch" lines' -l 'lines' -d 'Write lines, also to a terminal.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl watch" json' -l 'json' -d 'Write each line as a JSON object.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl watch" count' -l 'count' -d 'End after so many looks.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl watch" duration' -l 'duration' -d 'End after this time, such as 90s, 30m, 1h30m.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl watch" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl watch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl events" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl events" follow' -l 'follow' -d 'Go on with what happens from now on, until interrupted.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl events" since' -l 'since' -d 'Nothing older: 90s, 10m, 2h, 1d, or a time such as 2026-11-21T15:03:11Z.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl events"' -l 'kind' -d 'Only this kind: transition, priority, rejected, observation, check, server, service, table, reload, notification, steering, process. May be repeated.' -rfka 'transition priority rejected observation check server service table reload notification steering process'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl events" json' -l 'json' -d 'Write one JSON object for each event, each on a line.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl events" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl events" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl explain" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl explain" json' -l 'json' -d 'Write JSON: the sentences, and what is in them.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl explain" -eq 1' -fka '(__vrrpctl_custom_completion ---completion explain -- positional@0 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl explain" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl explain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl failover" -eq 1' -fka '(__vrrpctl_custom_completion ---completion failover -- positional@0 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl failover" back' -l 'back' -d 'End it: the instance takes part with its own priority again.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl failover" for' -l 'for' -d 'How long it stands back: 90s, 30m, 1h30m, 2d.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl failover" force' -l 'force' -d 'Also where no other router has been heard of.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl failover" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl failover" dry-run' -l 'dry-run' -d 'Tell what would happen, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl failover" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl failover" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl maintenance" -eq 1' -fka 'on off'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl maintenance" strict' -l 'strict' -d 'Take no part in any election, also where nobody else does.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl maintenance" for' -l 'for' -d 'How long it lasts: 90s, 30m, 1h30m, 2d.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl maintenance" force' -l 'force' -d 'Also where no other router has been heard of.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl maintenance" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl maintenance" dry-run' -l 'dry-run' -d 'Tell what would happen, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl maintenance" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl maintenance" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl priority" -eq 1' -fka '(__vrrpctl_custom_completion ---completion priority -- positional@0 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl priority" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl priority" dry-run' -l 'dry-run' -d 'Tell what would happen, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl priority" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl priority" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl server" -eq 1' -fa 'drain' -d 'Sends a real server no new connections.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl server" -eq 1' -fa 'disable' -d 'Takes a real server out of the table.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl server" -eq 1' -fa 'enable' -d 'Lets a drained or disabled real server serve again.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl server drain" -eq 1' -fka '(__vrrpctl_custom_completion ---completion server drain -- positional@0 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl server drain" -eq 2' -fka '(__vrrpctl_custom_completion ---completion server drain -- positional@1 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server drain" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server drain" dry-run' -l 'dry-run' -d 'Tell what would happen, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server drain" wait' -l 'wait' -d 'Wait until no active connection is left.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server drain" timeout' -l 'timeout' -d 'How long to wait at most: 90s, 30m, 1h30m.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server drain" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server drain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl server disable" -eq 1' -fka '(__vrrpctl_custom_completion ---completion server disable -- positional@0 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl server disable" -eq 2' -fka '(__vrrpctl_custom_completion ---completion server disable -- positional@1 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server disable" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server disable" dry-run' -l 'dry-run' -d 'Tell what would happen, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server disable" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server disable" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl server enable" -eq 1' -fka '(__vrrpctl_custom_completion ---completion server enable -- positional@0 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl server enable" -eq 2' -fka '(__vrrpctl_custom_completion ---completion server enable -- positional@1 (count (__vrrpctl_tokens -pc)) (__vrrpctl_tokens -tC))'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server enable" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server enable" dry-run' -l 'dry-run' -d 'Tell what would happen, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server enable" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl server enable" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl reload" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl reload" dry-run' -l 'dry-run' -d 'Tell what would change, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl reload" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl reload" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl stop" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl stop" dry-run' -l 'dry-run' -d 'Tell what would change, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl stop" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl stop" h help' -s 'h' -l 'help' -d 'Show help information.'
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
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" f file use-file' -s 'f' -l 'use-file' -l 'file' -d 'The configuration.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" config-id i' -s 'i' -l 'config-id' -d 'What @ID lines are compared with (default: the host\'s name up to the first dot).' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" socket' -l 'socket' -d 'The control socket of the daemon.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" listen' -l 'listen' -d 'How long to listen on the network, in seconds.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" no-wire' -l 'no-wire' -d 'Neither listen on the network nor ask it who has the addresses.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" json' -l 'json' -d 'Write one JSON document.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" fix' -l 'fix' -d 'Mend what can be mended safely, after showing it.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" yes' -l 'yes' -d 'With --fix: do not ask.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" dry-run' -l 'dry-run' -d 'With --fix: show what would be done, and do nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff"' -s 'i' -l 'interface' -d 'Listen on this interface; may be given several times.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" read' -l 'read' -d 'A pcap or pcapng file; - is standard input.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" config' -l 'config' -d 'The configuration whose instances judge.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" policy' -l 'policy' -d 'keepalived: both versions, both forms of checksum, authentication, unicast. strict: RFC 9568 with its errata and nothing else.' -rfka 'keepalived strict'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" packets' -l 'packets' -d 'Write a line for each packet, as with --read.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" summary' -l 'summary' -d 'Write no line for each packet, as with -i.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" json' -l 'json' -d 'Write JSON: one object for each packet, change, alarm and for the summary, each on a line.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" write' -l 'write' -d 'With -i: write the packets to a pcap file, which is whole at any time.' -rF
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" write-limit' -l 'write-limit' -d 'With --write: the most that the file may have, in MiB.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" duration' -l 'duration' -d 'With -i: end after this time, in seconds or with the unit ms, s, m or h.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" count' -l 'count' -d 'With -i: end after this many packets of VRRP.' -rfka ''
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl sniff" no-promiscuous' -l 'no-promiscuous' -d 'With -i: leave out unicast that is for other hosts.'
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
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl real-server" -eq 1' -fa 'up' -d 'Puts the addresses there, and keeps the host from answering for them.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl real-server" -eq 1' -fa 'down' -d 'Undoes what up did for the addresses.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_positional "vrrpctl real-server" -eq 1' -fa 'status' -d 'Shows for each address what is there and what is missing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server up" method' -l 'method' -d 'How the director reaches this host: dr or tun.' -rfka 'dr tun'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server up" dry-run' -l 'dry-run' -d 'Show the commands that would do the same, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server up" json' -l 'json' -d 'Write one JSON object.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server up" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server up" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server down" dry-run' -l 'dry-run' -d 'Show the commands that would do the same, and change nothing.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server down" json' -l 'json' -d 'Write one JSON object.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server down" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server down" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server status" method' -l 'method' -d 'What an address is looked at for that up has not put there: dr or tun.' -rfka 'dr tun'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server status" json' -l 'json' -d 'Write one JSON object.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server status" version' -l 'version' -d 'Show the version.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl real-server status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'vrrpctl' -n '__vrrpctl_should_offer_completions_for_flags_or_options "vrrpctl help" version' -l 'version' -d 'Show the version.'
